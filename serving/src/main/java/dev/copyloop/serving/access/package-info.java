/** Who may do what: API keys, their scopes, and the admin token. */
package dev.copyloop.serving.access;
