/** Keeps the lake small and fast to read. */
package dev.copyloop.jobs.maintain;
