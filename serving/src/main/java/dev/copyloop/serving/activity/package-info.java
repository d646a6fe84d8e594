/** What happened lately per org and template, counted for people who look for a fault. */
package dev.copyloop.serving.activity;
