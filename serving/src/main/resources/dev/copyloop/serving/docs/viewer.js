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

function tableOf(rows) {
  const table = element("table");
  for (const cells of rows) {
    const row = element("tr");
    row.append(...cells.map((text) => element("td", text)));
    table.append(row);
  }
  return table;
}

function parameters(api, operation) {
  return tableOf(operation.parameters.map((one) => resolved(api, one))
    .map((each) => [each.name + (each.required ? "*" : ""), each.in, each.description || ""]));
}

function answers(api, operation) {
  return tableOf(Object.entries(operation.responses).map(([status, answer]) => {
    const found = resolved(api, answer);
    return [status, found.description, Object.keys(found.headers || {}).join(", ")];
  }));
}

/** How each kind of credentials is sent. */
function credentials(api, operation) {
  const schemes = api.components.securitySchemes;
  const ways = (operation.security || []).flatMap((one) => Object.keys(one))
    .map((name) => schemes[name].description || schemes[name].name || name);
  return ways.length ? "Credentials: " + [...new Set(ways)].join("; or ") : "No credentials";
}

function operationView(api, path, method, operation) {
  const view = element("details");
  view.id = operation.operationId;
  const head = element("summary");
  head.append(element("span", method, "method " + method), element("code", path), element("span", operation.summary || "", "muted"));
  const body = element("div", undefined, "body");
  if (operation.description) body.append(element("p", operation.description));
  body.append(element("p", credentials(api, operation), "muted"));
  if (operation.parameters && operation.parameters.length) body.append(element("h3", "Parameters"), parameters(api, operation));
  if (operation.requestBody) {
    body.append(element("h3", "Body"));
    content(api, body, resolved(api, operation.requestBody));
  }
  body.append(element("h3", "Answers"));
  body.append(answers(api, operation));
  for (const [status, answer] of Object.entries(operation.responses)) {
    if (status < "300") content(api, body, resolved(api, answer));
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
  document.getElementById("filter").addEventListener("input", (event) => filter(main, event.target.value));
  openNamed();
  addEventListener("hashchange", openNamed);
}

/** Shows the operations that have a word in them, and the groups that have such. */
function filter(main, text) {
  const word = text.toLowerCase();
  for (const view of main.querySelectorAll("details")) {
    view.hidden = !view.textContent.toLowerCase().includes(word);
  }
  const sections = [...main.querySelectorAll("section")];
  for (const section of sections) section.hidden = !section.querySelector("details:not([hidden])");
  document.getElementById("nothing").hidden = sections.some((section) => !section.hidden);
}

/** An address ending in #putOrg opens that operation. */
function openNamed() {
  const view = document.getElementById(location.hash.slice(1));
  if (view instanceof HTMLDetailsElement) {
    view.open = true;
    view.scrollIntoView();
  }
}

fetch("/openapi.json")
  .then((answer) => answer.json())
  .then(show)
  .catch((problem) => {
    document.getElementById("about").textContent = "Cannot read /openapi.json: " + problem.message;
  });
