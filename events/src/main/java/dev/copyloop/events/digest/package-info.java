/** Message digests, without the platform's look-up for each. */
package dev.copyloop.events.digest;
