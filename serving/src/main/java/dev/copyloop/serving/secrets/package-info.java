/** Secrets of others that serving must be able to read: sealed wherever they are kept. */
package dev.copyloop.serving.secrets;
