/** The settings as attribution asks for them: bindings by origin, identifiers by org. */
package dev.copyloop.jobs.attribute.settings;
