/** What the outside sees: health, readiness, metrics and the routes' description. */
package dev.copyloop.serving.observe;
