/** The HTTP face: routes, bodies, and the one place where errors become problem JSON. */
package dev.copyloop.serving.http;
