/** What a proposed rule would credit, without writing anything. */
package dev.copyloop.jobs.attribute.preview;
