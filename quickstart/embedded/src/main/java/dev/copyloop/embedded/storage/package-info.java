/** The S3 server's own process. Nothing here may use a class outside this package and S3Proxy. */
package dev.copyloop.embedded.storage;
