/**
 * Landing objects become rows: plan (the ledger's unfinished batches, then what is new), index
 * (first pass: narrow keys and quarantine), decide (which line brings which row), write (second
 * pass), reconcile, consume. Every step may be repeated.
 */
package dev.copyloop.jobs.compact;
