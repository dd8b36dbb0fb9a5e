/**
 * A window into the extension host for the tests: runs the functions that harness.ts sends, with `vscode` as their first
 * argument. Listens on the loopback address only, on a port that it writes into the file named by LINTEL_PROBE.
 */
const { renameSync, writeFileSync } = require('node:fs');
const http = require('node:http');
const vscode = require('vscode');

exports.activate = (context) => {
  const file = process.env.LINTEL_PROBE;
  if (!file) return;
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request.setEncoding('utf8')) body += chunk;
    let answer;
    try {
      const { code, args } = JSON.parse(body);
      const value = await new Function(`return (${code});`)()(vscode, ...args);
      answer = { value: value === undefined ? null : value };
    } catch (error) {
      answer = { error: String(error?.stack ?? error) };
    }
    response.end(JSON.stringify(answer));
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(`${file}.new`, String(server.address().port));
    renameSync(`${file}.new`, file);
  });
  context.subscriptions.push({ dispose: () => server.close() });
};
