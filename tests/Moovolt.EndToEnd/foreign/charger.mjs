// A charger on the command line, made of ocpp-rpc. One step a line on stdin, one result a line on stdout:
//   node charger.mjs ws://127.0.0.1:5080/ocpp CP-1 [password]
//   {"do":"boot"}                                              -> {"step":"boot","result":{...},"wrong":[]}
//   {"do":"authorize","idTag":"CAFE"}
//   {"do":"start","connectorId":1,"idTag":"CAFE","meterStart":1234}
//   {"do":"meter","wh":5000}            of the last transaction that was started
//   {"do":"stop","meterStop":8765}
//   {"do":"close"}
// A remote start is accepted, then done for real: {"step":"remoteStart","result":{"transactionId":...},...}; so is the
// stop of that transaction, 7 Wh later: {"step":"remoteStop",...}.
// "wrong" lists what ajv found in the frames of both directions since the last line; it must stay empty.
import { createInterface } from 'node:readline';
import { RPCClient } from 'ocpp-rpc';
import { judge } from './judge.mjs';

const [endpoint, identity, password] = process.argv.slice(2);
const remoteMeterStart = 20_000;

const client = new RPCClient({
  endpoint,
  identity,
  password: password ?? null,
  protocols: ['ocpp1.6'],
  strictMode: true,
  reconnect: false,
  callTimeoutMs: 30_000,
});

const faults = judge();
let wrong = [];
let transactionId;

const now = () => new Date().toISOString();
const say = (step, outcome) => {
  process.stdout.write(`${JSON.stringify({ step, ...outcome, wrong })}\n`);
  wrong = [];
};

const status = (connectorId, state) =>
  client.call('StatusNotification', { connectorId, errorCode: 'NoError', status: state, timestamp: now() });

const start = async (connectorId, idTag, meterStart) => {
  const result = await client.call('StartTransaction', { connectorId, idTag, meterStart, timestamp: now() });
  transactionId = result.transactionId;
  await status(connectorId, 'Charging');
  return result;
};

const stop = (meterStop, reason = 'Local') =>
  client.call('StopTransaction', { transactionId, meterStop, reason, timestamp: now() });

const steps = {
  boot: () => client.call('BootNotification', {
    chargePointVendor: 'Nobody here',
    chargePointModel: 'ocpp-rpc',
    firmwareVersion: '2.2.1',
  }),
  available: ({ connectorId = 1 }) => status(connectorId, 'Available'),
  authorize: ({ idTag }) => client.call('Authorize', { idTag }),
  start: ({ connectorId = 1, idTag, meterStart }) => start(connectorId, idTag, meterStart),
  meter: ({ connectorId = 1, wh }) => client.call('MeterValues', {
    connectorId,
    transactionId,
    meterValue: [{
      timestamp: now(),
      sampledValue: [{ value: String(wh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' }],
    }],
  }),
  stop: ({ meterStop }) => stop(meterStop),
  close: async () => {
    await client.close();
    return {};
  },
};

client.on('message', ({ message }) => wrong.push(...faults(String(message))));
client.on('strictValidationFailure', ({ error }) => wrong.push(`ocpp-rpc: ${error.message}`));
client.on('badMessage', ({ error }) => wrong.push(`ocpp-rpc: ${error.message}`));
client.on('disconnect', ({ code, reason }) => say('disconnect', { result: { code, reason } }));

// The answer is a promise; what it promised is done after it has been sent.
const promise = (step, act) => {
  setImmediate(async () => {
    try {
      say(step, { result: await act() });
    } catch (error) {
      say(step, { error: error.message });
    }
  });
  return { status: 'Accepted' };
};

client.handle('RemoteStartTransaction', ({ params }) =>
  promise('remoteStart', () => start(params.connectorId ?? 1, params.idTag, remoteMeterStart)));
client.handle('RemoteStopTransaction', ({ params }) => params.transactionId === transactionId
  ? promise('remoteStop', () => stop(remoteMeterStart + 7, 'Remote'))
  : { status: 'Rejected' });

await client.connect();
say('connect', { result: { protocol: client.protocol } });

for await (const line of createInterface({ input: process.stdin })) {
  const step = JSON.parse(line);
  try {
    say(step.do, { result: await steps[step.do](step) });
  } catch (error) {
    say(step.do, { error: error.message });
  }
}
process.exit(0);
