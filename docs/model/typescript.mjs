// Prints TypeScript types and a table of operations from the model that pantograph makes of an API:
//
//	pantograph dump -stage model -spec api.yaml | node typescript.mjs > api.ts
//
// It is an example of a generator in another language. What is hard about OpenAPI, versions, references, repairs, is
// behind it: the model is checked, and every schema has an id.

import { readFileSync } from "node:fs";

const model = JSON.parse(readFileSync(0, "utf8"));
if (model.format !== 1) {
  throw new Error(`this reads format 1 of the model, and got ${model.format}`);
}

// Schemas by id: components, and those in place, which may be referred to as well.
const byID = new Map();
(function collect(node) {
  if (node === null || typeof node !== "object") return;
  if (typeof node.id === "string" && node.id.includes("#")) byID.set(node.id, node);
  Object.values(node).forEach(collect);
})(model);

const resolve = (schema) => (schema.$ref === undefined ? schema : byID.get(schema.$ref));

// identifier makes a name of a text that somebody else wrote.
const identifier = (text) => text.replace(/[^A-Za-z0-9_$]+/g, "_").replace(/^(?=[0-9])/, "_") || "_";

// comment keeps text from ending the comment that it stands in.
const comment = (text) => (text ? `/** ${text.replace(/\s+/g, " ").replaceAll("*/", "* /")} */\n` : "");

function type(schema, depth = 0) {
  if (schema.$ref !== undefined && byID.get(schema.$ref)?.name) return identifier(byID.get(schema.$ref).name);
  const s = resolve(schema);
  if (depth > 20 || s === undefined) return "unknown";
  if (s.ref !== undefined) return type({ $ref: s.ref }, depth + 1);
  const nullable = s.nullable ? " | null" : "";
  if (s.enum) return s.enum.map((e) => JSON.stringify(e.value)).join(" | ") + nullable;
  const parts = (s.oneOf ?? s.anyOf)?.map((v) => type(v, depth + 1));
  if (parts) return `(${parts.join(" | ")})` + nullable;
  if (s.allOf) return `(${s.allOf.map((v) => type(v, depth + 1)).join(" & ")})` + nullable;
  return ((s.types ?? []).map((t) => single(t, s, depth)).join(" | ") || "unknown") + nullable;
}

function single(t, s, depth) {
  switch (t) {
    case "integer":
      return "number";
    case "array":
      return `Array<${s.items ? type(s.items, depth + 1) : "unknown"}>`;
    case "object":
      return (s.properties ?? []).length > 0 ? object(s, depth) : `Record<string, ${s.additional ? type(s.additional, depth + 1) : "unknown"}>`;
  }
  return t; // string, number, boolean
}

function object(s, depth) {
  const required = new Set(s.required ?? []);
  const members = s.properties.map((p) => {
    const doc = comment(resolve(p.schema)?.text).replaceAll("\n", " ");
    return `${"  ".repeat(depth + 1)}${doc}${JSON.stringify(p.name)}${required.has(p.name) ? "" : "?"}: ${type(p.schema, depth + 1)};\n`;
  });
  return `{\n${members.join("")}${"  ".repeat(depth)}}`;
}

for (const s of model.schemas ?? []) {
  const { name, ...anonymous } = s;
  process.stdout.write(`${comment(s.text)}export type ${identifier(name)} = ${type(anonymous)};\n\n`);
}
process.stdout.write("export const operations = [\n");
for (const op of model.operations ?? []) {
  const { id, method, path, resource, verb } = op;
  process.stdout.write(`  ${JSON.stringify({ id, method, path, resource, verb })},\n`);
}
process.stdout.write("] as const;\n");
