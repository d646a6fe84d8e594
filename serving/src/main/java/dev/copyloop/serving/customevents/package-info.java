/** The client's own events: taken apart into items, each landed with its own bytes. */
package dev.copyloop.serving.customevents;
