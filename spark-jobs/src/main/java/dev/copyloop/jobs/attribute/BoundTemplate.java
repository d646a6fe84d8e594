package dev.copyloop.jobs.attribute;

import dev.copyloop.events.settings.Binding;
import dev.copyloop.events.settings.Template;

/** One binding, with the template it binds. */
record BoundTemplate(Template template, Binding binding) {

  String templateId() {
    return template.id();
  }

  boolean infersTreatment() {
    return binding.messageActionIds().isEmpty();
  }

  boolean infersControl() {
    return binding.controlActionIds().isEmpty();
  }

  boolean isOfChannel(String channel) {
    return template.channel().label().equals(channel);
  }
}
