// Blocks of gzipped JSON in base64.
async function inflate(id) {
  const bytes = Uint8Array.from(atob(byId(id).textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
const inflated = new Map();
function load(id) {
  if (!inflated.has(id)) inflated.set(id, inflate(id).then(JSON.parse));
  return inflated.get(id);
}
function forget(kept) {
  for (const id of inflated.keys()) if (id.startsWith("b-") && !kept.has(id)) inflated.delete(id);
}
