// Prints the licences of all packages that went into a bundle, given esbuild's metafile.
// Some releases of Vega's parts lack the file that their repository has: they get the text of `vega`, which is the
// same repository. Stops when any other package has no licence file: then it must not be shipped.

import { readdirSync, readFileSync } from 'node:fs';

const metafile = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const folders = Object.keys(metafile.inputs)
  .map((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0])
  .filter(Boolean);

console.log('static/vega.js contains code from the following packages.');
for (const folder of [...new Set(folders)].sort()) {
  const { name, version, license } = about(folder);
  console.log(`\n${'-'.repeat(80)}\n${name} ${version} (${license})\n\n${licenceText(folder)}`);
}

function about(folder) {
  return JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
}

function licenceText(folder) {
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file) return readFileSync(`${folder}/${file}`, 'utf8').replaceAll('\r\n', '\n').trim();
  const vega = 'node_modules/vega';
  if (folder !== vega && about(folder).repository?.url === about(vega).repository.url) return licenceText(vega);
  throw new Error(`${folder}: found no licence file; a package without one must not be bundled`);
}
