// Asks each query of standard input (a JSON list) of the endpoint in the first argument; prints a line of JSON for each.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(`${process.argv[3]}/`);
const { QueryEngine } = require('@comunica/query-sparql');

const engine = new QueryEngine();
const context = { sources: [{ type: 'sparql', value: process.argv[2] }], noCache: true };

async function text(stream) {
  let all = '';
  for await (const chunk of stream) all += chunk;
  return all;
}

for (const query of JSON.parse(readFileSync(0, 'utf8'))) {
  try {
    const result = await engine.query(query, context);
    const graph = result.resultType === 'quads';
    const media = graph ? 'application/n-quads' : 'application/sparql-results+json';
    const { data } = await engine.resultToString(result, media);
    console.log(JSON.stringify({ graph, answer: await text(data) }));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error) }));
  }
}
