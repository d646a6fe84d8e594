/**
 * Remembers what each stage has computed from which versions of its tables, so that a night
 * computes only what is new. Without that memory everything is computed.
 */
package dev.copyloop.jobs.progress;
