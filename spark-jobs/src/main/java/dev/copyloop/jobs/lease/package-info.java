/** Lets one run at a time write the lake, and keeps one that lost its turn from writing. */
package dev.copyloop.jobs.lease;
