/** One call of generate: read, decided, landed, answered. */
package dev.copyloop.serving.generate;
