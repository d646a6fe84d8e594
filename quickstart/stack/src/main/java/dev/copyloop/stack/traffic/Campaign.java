package dev.copyloop.stack.traffic;

/**
 * The ids by which Customer.io's events name the campaign that is replayed.
 *
 * @param messageAction the action that sends the treatment's message
 * @param controlAction the action that sends the control's
 */
public record Campaign(
    String template,
    String workspace,
    long campaign,
    long webhookAction,
    long messageAction,
    long controlAction) {}
