/**
 * A real PostgreSQL and a real S3 server on folders of this machine, for the local stack and for
 * the tests of every module.
 */
package dev.copyloop.embedded;
