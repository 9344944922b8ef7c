// Drives the YAML language server as an editor does, and fails where it has nothing to offer.
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [server, schemaFile, planFile] = process.argv.slice(2);
const uri = 'file:///plans/migration.yaml';
const yaml = {
  completion: true,
  hover: true,
  validate: true,
  schemaStore: { enable: false },
  schemas: { [pathToFileURL(schemaFile)]: ['migration.yaml'] },
};

// The language server protocol: JSON with a header, answers by id, diagnostics as they come.
const child = spawn(server, ['--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = new Map();
const diagnosed = new Map();
let received = Buffer.alloc(0);
let lastId = 0;
const write = (message) => {
  const body = JSON.stringify({ jsonrpc: '2.0', ...message });
  child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
};
const notify = (method, params) => write({ method, params });
const request = (method, params) =>
  new Promise((answered) => {
    waiting.set(++lastId, answered);
    write({ id: lastId, method, params });
  });
const handle = (message) => {
  if (message.method === 'workspace/configuration') {
    write({ id: message.id, result: message.params.items.map((item) => (item.section === 'yaml' ? yaml : {})) });
  } else if (message.method === 'textDocument/publishDiagnostics') {
    diagnosed.get(message.params.version ?? version)?.(message.params.diagnostics);
  } else if (message.method && message.id !== undefined) {
    write({ id: message.id, result: null });
  } else if (message.id !== undefined) {
    waiting.get(message.id)?.(message.result);
  }
};
child.stdout.on('data', (data) => {
  received = Buffer.concat([received, data]);
  for (;;) {
    const header = received.indexOf('\r\n\r\n');
    if (header < 0) return;
    const length = Number(/Content-Length: (\d+)/.exec(received.subarray(0, header).toString())[1]);
    if (received.length < header + 4 + length) return;
    const body = received.subarray(header + 4, header + 4 + length).toString();
    received = received.subarray(header + 4 + length);
    handle(JSON.parse(body));
  }
});

await request('initialize', {
  processId: process.pid,
  rootUri: null,
  capabilities: {
    workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } },
    textDocument: {
      publishDiagnostics: { versionSupport: true },
      completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
      hover: { contentFormat: ['markdown'] },
    },
  },
});
notify('initialized', {});
notify('workspace/didChangeConfiguration', { settings: { yaml } });

let version = 0;
let open = false;
/** Shows the editor's text to the server and returns what it marks in it. */
const show = (text) =>
  new Promise((marked) => {
    diagnosed.set(++version, marked);
    if (open) {
      notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] });
    } else {
      open = true;
      notify('textDocument/didOpen', { textDocument: { uri, version, languageId: 'yaml', text } });
    }
  });

let failures = 0;
const check = (what, holds, detail) => {
  console.log(`${holds ? 'ok  ' : 'FAIL'}  ${what}${holds ? '' : `: ${detail}`}`);
  failures += holds ? 0 : 1;
};
const after = (text, marker) => {
  const before = text.slice(0, text.indexOf(marker) + marker.length).split('\n');
  return { line: before.length - 1, character: before.at(-1).length };
};
const offered = async (text, marker) => {
  await show(text);
  const list = await request('textDocument/completion', { textDocument: { uri }, position: after(text, marker) });
  return (list?.items ?? list ?? []).map((item) => item.label);
};
const hover = async (text, marker) => {
  const position = after(text, marker);
  position.character -= 1;
  return JSON.stringify((await request('textDocument/hover', { textDocument: { uri }, position }))?.contents ?? '');
};

// The published schema, from this checkout.
const plan = readFileSync(planFile, 'utf8').replace(/(\$schema=)\S+/, `$1${pathToFileURL(schemaFile)}`);
const problems = await show(plan);
check('the full sample has no problems', problems.length === 0, JSON.stringify(problems.map((it) => it.message)));

for (const [marker, word] of [
  ['nameServers', 'name servers of the cluster'],
  ['profile', 'destination imposes'],
  ['routing', 'source brokers also register'],
  ['    stage', 'How far the traffic has come'],
  ['type', 'a wrong type breaks sends'],
  ['order', 'in the order'],
  ['expires', 'last day'],
]) {
  const text = await hover(plan, marker);
  const expected = marker === 'order' ? 'ORDERLY' : word;
  check(`hover over ${marker.trim()} explains it`, text.includes(expected), text);
}

const head = 'version: 1\nname: shop\n';
for (const [what, text, marker, words] of [
  ['keys of the plan', `${head}\n`, `${head}`, ['source', 'destination', 'traffic', 'batches']],
  ['keys of a topic', `${head}batches:\n  - name: a\n    topics:\n      - name: x\n        `, 'name: x\n        ', ['type', 'queues', 'stage']],
  ['message types', `${head}batches:\n  - name: a\n    topics:\n      - name: x\n        type: `, 'type: ', ['NORMAL', 'FIFO', 'DELAY', 'TRANSACTION']],
  ['stages', `${head}batches:\n  - name: a\n    stage: `, 'stage: ', ['read-both', 'write-destination']],
  ['profiles', `${head}destination:\n  profile: `, 'profile: ', ['apache', 'tdmq']],
  ['checks', `${head}batches:\n  - name: a\n    waivers:\n      - check: `, 'check: ', ['consumers-switched']],
]) {
  const labels = await offered(text, marker);
  check(`completion offers ${what}`, words.every((word) => labels.includes(word)), labels.join(', '));
}

const wrong = plan.replace('type: NORMAL', 'type: NORMALE').replace('canary: 10%', 'canary: ten');
const found = await show(wrong);
check('mistakes are marked', found.length >= 2, `${found.length} found`);
child.kill();
process.exit(failures === 0 ? 0 : 1);
