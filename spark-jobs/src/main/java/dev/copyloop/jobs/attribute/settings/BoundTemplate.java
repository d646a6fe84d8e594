package dev.copyloop.jobs.attribute.settings;

import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.Template;

/** One binding, with the template it binds. */
public record BoundTemplate(Template template, Binding binding) {

  /** The id of the bound template. */
  public String templateId() {
    return template.id();
  }

  /** Whether the binding leaves open which actions send the copy. */
  public boolean infersTreatment() {
    return binding.messageActionIds().isEmpty();
  }

  /** Whether the binding leaves open which actions are the control. */
  public boolean infersControl() {
    return binding.controlActionIds().isEmpty();
  }

  /** Whether the template is sent through the channel of that name. */
  public boolean isOfChannel(String channel) {
    return template.channel().label().equals(channel);
  }
}
