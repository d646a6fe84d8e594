/** Rows as Spark keeps them: read column by column, met by a hash. */
package dev.copyloop.jobs.attribute.row;
