"use strict";

const GROUPS = [
  ["Copy", /^\/api\/(batch-)?generate\//],
  ["Events", /^\/api\/webhook\//],
  ["Settings", /^\/api\/admin\//],
  ["Operation", /./],
];

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

function resolved(api, node) {
  let found = node;
  while (found && found.$ref) {
    found = found.$ref.slice(2).split("/").reduce((at, step) => at[step], api);
  }
  return found;
}

/** A schema as an indented sketch; a name that is open already is not opened again. */
function sketch(api, schema, indent, open) {
  const name = schema.$ref;
  if (name && open.includes(name)) return name.split("/").pop();
  const at = resolved(api, schema);
  const inside = name ? [...open, name] : open;
  const deeper = indent + "  ";
  if (at.oneOf || at.anyOf) {
    return (at.oneOf || at.anyOf).map((one) => sketch(api, one, indent, inside)).join("\n" + indent + "or ");
  }
  if (at.properties) {
    const required = at.required || [];
    const members = Object.entries(at.properties).map(([member, value]) => {
      const about = resolved(api, value).description;
      const mark = required.includes(member) ? "*" : "";
      return deeper + member + mark + ": " + sketch(api, value, deeper, inside) + (about ? "   // " + about : "");
    });
    return "{\n" + members.join("\n") + "\n" + indent + "}";
  }
  if (at.items) return "[" + sketch(api, at.items, indent, inside) + ", …]";
  if (at.enum) return at.enum.map((value) => JSON.stringify(value)).join(" | ");
  if ("const" in at) return JSON.stringify(at.const);
  return [].concat(at.type || "any").join(" | ") + (at.format ? " (" + at.format + ")" : "");
}

function content(api, parent, node) {
  for (const [type, media] of Object.entries(node.content || {})) {
    parent.append(element("p", type, "muted"));
    if (media.schema) parent.append(element("pre", sketch(api, media.schema, "", [])));
  }
}

function parameters(api, operation) {
  const table = element("table");
  for (const each of operation.parameters.map((one) => resolved(api, one))) {
    const row = element("tr");
    row.append(element("td", each.name + (each.required ? "*" : "")), element("td", each.in, "muted"), element("td", each.description || ""));
    table.append(row);
  }
  return table;
}

function operationView(api, path, method, operation) {
  const view = element("details");
  const head = element("summary");
  head.append(element("span", method, "method " + method), element("code", path), element("span", operation.summary || "", "muted"));
  const body = element("div", undefined, "body");
  if (operation.description) body.append(element("p", operation.description));
  const schemes = (operation.security || []).flatMap((one) => Object.keys(one));
  body.append(element("p", schemes.length ? "Credentials: " + schemes.join(" or ") : "No credentials", "muted"));
  if (operation.parameters && operation.parameters.length) body.append(element("h3", "Parameters"), parameters(api, operation));
  if (operation.requestBody) {
    body.append(element("h3", "Body"));
    content(api, body, resolved(api, operation.requestBody));
  }
  body.append(element("h3", "Answers"));
  for (const [status, answer] of Object.entries(operation.responses)) {
    const found = resolved(api, answer);
    body.append(element("p", status + "  " + found.description));
    if (status < "300") content(api, body, found);
  }
  view.append(head, body);
  return view;
}

function show(api) {
  document.getElementById("about").textContent = api.info.description;
  const left = Object.entries(api.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })));
  const main = document.getElementById("operations");
  for (const [title, pattern] of GROUPS) {
    const section = element("section");
    section.append(element("h2", title));
    for (let i = 0; i < left.length; i++) {
      if (left[i] && pattern.test(left[i].path)) {
        section.append(operationView(api, left[i].path, left[i].method, left[i].operation));
        left[i] = null;
      }
    }
    main.append(section);
  }
  document.getElementById("filter").addEventListener("input", (event) => {
    const word = event.target.value.toLowerCase();
    for (const view of main.querySelectorAll("details")) {
      view.hidden = !view.textContent.toLowerCase().includes(word);
    }
  });
}

fetch("/openapi.json")
  .then((answer) => answer.json())
  .then(show)
  .catch((problem) => {
    document.getElementById("about").textContent = "Cannot read /openapi.json: " + problem.message;
  });
