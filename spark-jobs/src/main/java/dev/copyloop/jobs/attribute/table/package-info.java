/** The shapes of the tables that attribution fills, and the hashes that rows are found by. */
package dev.copyloop.jobs.attribute.table;
