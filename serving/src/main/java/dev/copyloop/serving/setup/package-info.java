/** The texts a marketer pastes into Customer.io. */
package dev.copyloop.serving.setup;
