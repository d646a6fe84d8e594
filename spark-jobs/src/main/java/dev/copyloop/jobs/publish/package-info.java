/** Decides whether what the tables hold may be read, and says so in {@code _published}. */
package dev.copyloop.jobs.publish;
