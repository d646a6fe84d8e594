/** Which identifiers stand for one person, and the rows that name people by them. */
package dev.copyloop.jobs.attribute.person;
