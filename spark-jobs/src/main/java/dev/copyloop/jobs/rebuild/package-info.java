/** Empties the tables, so that the night computes them anew from the landings. */
package dev.copyloop.jobs.rebuild;
