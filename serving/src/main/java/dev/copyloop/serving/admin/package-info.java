/** The admin API: every change is validated as a whole, audited, and seen within a second. */
package dev.copyloop.serving.admin;
