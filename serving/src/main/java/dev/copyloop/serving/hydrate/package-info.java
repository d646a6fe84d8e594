/** Turns a variant's Liquid texts and a person's fields into the strings that are answered. */
package dev.copyloop.serving.hydrate;
