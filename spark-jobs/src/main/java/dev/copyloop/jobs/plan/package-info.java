/** Says what a run would do, before anything runs. */
package dev.copyloop.jobs.plan;
