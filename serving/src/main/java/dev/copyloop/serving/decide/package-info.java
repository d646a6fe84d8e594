/** Chooses a variant: filter, draw, and the fallback that leaves nobody without copy. */
package dev.copyloop.serving.decide;
