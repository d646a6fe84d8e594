/** What an operator has set: read from PostgreSQL, compiled, and held as one snapshot. */
package dev.copyloop.serving.settings;
