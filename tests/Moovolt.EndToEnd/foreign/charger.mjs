// A charger on the command line, made of a client that nobody here wrote, and moved by lines of JSON:
//   node charger.mjs ocpp-rpc '{"endpoint":"ws://127.0.0.1:5080/ocpp","identity":"CP-1","password":"..."}'
// says {"n":0,"result":{"protocol":"ocpp1.6","extensions":""},"wrong":[]} when it is connected, and then takes a step a line:
//   {"n":1,"do":"call","action":"Heartbeat","payload":{}}                           -> {"n":1,"result":{...},"wrong":[]}
//   {"n":2,"do":"answer","action":"Reset","payload":{"status":"Accepted"}}         how it answers from now on
//   {"n":3,"do":"close"}
// Steps do not wait for one another. What it is asked is said as {"asked":"Reset","payload":{...},"wrong":[]}, and the
// end of the socket as {"closed":1000,"reason":"","wrong":[]}. "wrong" lists what ajv, and the client itself, found in
// the frames of both directions since the last line; it must stay empty.
import { createInterface } from 'node:readline';
import { judge } from './judge.mjs';

const [client, link] = process.argv.slice(2);
const { connect, schemas } = await import(`./clients/${client}.mjs`);
const answers = new Map();
let wrong = [];

const say = what => {
  process.stdout.write(`${JSON.stringify({ ...what, wrong })}\n`);
  wrong = [];
};

const answer = (action, payload) => {
  say({ asked: action, payload });
  if (answers.has(action)) return answers.get(action);
  throw new Error(`${action} was not expected`);
};

const attempt = async (n, act) => {
  try {
    say({ n, result: (await act()) ?? {} });
  } catch (error) {
    say({ n, error: `${error.code ?? error.rpcErrorCode ?? ''} ${error.message}`.trim() });
  }
};

let charger;
let faults; // of the version that was agreed on; nobody says a word before that
await attempt(0, async () => {
  charger = await connect(JSON.parse(link), {
    answer,
    frame: text => wrong.push(...faults(text)),
    fault: text => wrong.push(text),
    closed: (code, reason) => say({ closed: code, reason }),
  });
  faults = await judge(charger.protocol === 'ocpp1.6' ? schemas : charger.protocol);
  return { protocol: charger.protocol, extensions: charger.extensions };
});

const steps = {
  call: ({ action, payload }) => charger.call(action, payload),
  answer: ({ action, payload }) => void answers.set(action, payload),
  close: () => charger.close(),
};

for await (const line of createInterface({ input: process.stdin })) {
  const step = JSON.parse(line);
  void attempt(step.n, async () => steps[step.do](step));
}
process.exit(0);
