/**
 * Customer.io's reporting webhooks: kept byte for byte, verified, never refused for their content.
 */
package dev.copyloop.serving.webhook;
