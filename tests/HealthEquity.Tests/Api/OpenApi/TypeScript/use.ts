// A partner's TypeScript program. It must compile against the generated types, and work.
import createClient from "openapi-fetch";
import type { components, paths } from "./directory.js";

declare const process: { argv: string[] };

const directory = createClient<paths>({ baseUrl: process.argv[2] ?? "" });


function expect(truth: unknown, what: string): asserts truth {
  if (!truth) throw new Error(what);
}

const list = await directory.GET("/v1/providers", { params: { query: { specialty: ["trauma", "war"], sort: "name", pageSize: 1, lang: "es" } } });
expect(list.data, "a list");
const provider: components["schemas"]["Provider"] | undefined = list.data.items[0];
expect(provider?.phones[0]?.number.startsWith("+1"), "a provider with a telephone number");
expect(list.data.page.totalItems === 2, "two values of one parameter mean any of them");

const entry = await directory.GET("/v1/attorneys/{idOrSlug}", { params: { path: { idOrSlug: "ana-abogada" } } });
expect(entry.data?.practiceAreas.includes("asylum"), "an attorney");

const search = await directory.POST("/v1/search", { body: { kind: ["material"], pageSize: 50 } });
for (const item of search.data?.items ?? []) {
  expect(item.kind === "material", "a material");
  expect(item.materialType.length > 0, "a material's own member");
}
expect(search.data?.page.totalItems === 3, "all materials");

const everything = await directory.GET("/v1/search", { params: { query: { pageSize: 50 } } });
let attorneys = 0;
for (const item of everything.data?.items ?? []) {
  if (item.kind === "attorney") {
    attorneys += item.practiceAreas.length > 0 ? 1 : 0;
    expect(Array.isArray(item.phones), "an attorney's telephone numbers");
  }
}
expect(attorneys > 0, "kinds are told apart by their members");

const changes = await directory.GET("/v1/changes", { params: { query: { after: 0, limit: 1000 } } });
expect(changes.data?.items.some(change => change.withdrawn), "a tombstone");
const reached = changes.data?.items.map(change => change.entry).find(entry => entry?.kind === "provider" && entry.phones.length > 0);
expect(reached?.kind === "provider" && reached.phones[0]?.number.startsWith("+1"), "a provider's telephone number in the feed");

const wrong = await directory.GET("/v1/providers", { params: { query: { specialty: ["tramua"] } } });
expect(wrong.error?.errors?.specialty?.[0]?.includes("trauma"), "an error that names the nearest value");

console.log("ok");
