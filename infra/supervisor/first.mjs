// The first file of every command. A fresh machine may have nothing but Node 20: built-ins only,
// install what package-lock.json says, then hand over to Node 24.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const modules = join(root, 'node_modules');
const stamp = join(modules, '.comptoir-installed');
/** The shell in which the command was typed, or npm below it. */
const parent = process.ppid;
const say = (text) => process.stderr.write(`${text}\n`);

function fail(text) {
  say(`\n✗ ${text}`);
  process.exit(1);
}

if (process.platform === 'win32')
  fail(
    'Windows itself is not supported: install WSL (https://learn.microsoft.com/windows/wsl/install), clone the repository inside it and run the command there.',
  );
if (Number(process.versions.node.split('.')[0]) < 20)
  fail(
    `Node ${process.versions.node} is too old: install Node 20 or later (https://nodejs.org), then run the command again.`,
  );

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');

function installedHash() {
  try {
    return readFileSync(stamp, 'utf8').trim();
  } catch {
    return null;
  }
}

/**
 * A progress line every few seconds: npm says nothing for minutes, and people stop what looks dead.
 */
const npmCi = () =>
  new Promise((done) => {
    const began = Date.now();
    const words = [];
    // NODE_ENV=production in the shell would leave the build tools out.
    const child = spawn(
      'npm',
      ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional', '--loglevel=error'],
      { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const keep = (data) => words.push(String(data));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setInterval(
      () =>
        say(
          `  … installing packages, ${Math.round((Date.now() - began) / 1000)} s (about 3 minutes the first time)`,
        ),
      10_000,
    );
    child.on('error', (error) => words.push(error.message));
    child.on('close', (code) => {
      clearInterval(timer);
      done({
        code,
        words: words.join('').trim(),
        seconds: Math.round((Date.now() - began) / 1000),
      });
    });
  });

async function install() {
  const hash = lockHash();
  if (installedHash() === hash) return;
  // A tree that npm installed by hand (`npm ci`, `npm install`) from the same lock counts as
  // installed.
  const hidden = join(modules, '.package-lock.json');
  if (existsSync(hidden) && sameTree(hidden)) {
    writeFileSync(stamp, hash);
    return;
  }
  say(
    existsSync(modules)
      ? '• Packages changed: installing'
      : '• First time here: installing packages',
  );
  const { code, words, seconds } = await npmCi();
  if (code !== 0)
    fail(
      `Packages could not be installed:\n${words.split('\n').slice(-15).join('\n')}\nCheck the network, free disk space (2 GB) and the right to write to ${root}, then run the command again.`,
    );
  mkdirSync(modules, { recursive: true });
  writeFileSync(stamp, hash);
  say(`  installed in ${seconds} s`);
}

/**
 * Every package of the lock file that the installed tree must hold is there at the same version.
 */
function sameTree(hidden) {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(hidden, 'utf8')).packages;
    const mayBeAbsent = ({ optional, devOptional, link, peer }) =>
      optional || devOptional || link || peer;
    return Object.entries(wanted).every(
      ([path, entry]) =>
        !path.includes('node_modules/') ||
        present[path]?.version === entry.version ||
        (mayBeAbsent(entry) && !present[path]),
    );
  } catch {
    return false;
  }
}

function major(path) {
  const { stdout, status } = spawnSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' });
  return status === 0 ? Number(stdout.split('.')[0]) : 0;
}

/** This Node when it is 24 or later, else the one npm installed with the packages. */
function findNode24() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const packages = existsSync(modules)
    ? readdirSync(modules).filter((entry) => /^node-(bin-)?(linux|darwin)-/.test(entry))
    : [];
  const candidates = packages.flatMap((entry) => [
    join(modules, entry, 'bin/node'),
    join(modules, entry, 'node'),
  ]);
  return (
    candidates.find((path) => existsSync(path) && major(path) >= 24) ??
    fail(
      `Node 24 was not found for ${process.platform}-${process.arch}: install it (https://nodejs.org), then run the command again.`,
    )
  );
}

function handOver(node) {
  const bin = [dirname(node), join(modules, '.bin'), process.env.PATH].join(':');
  const child = spawn(
    node,
    [
      '--disable-warning=ExperimentalWarning',
      join(root, 'infra/supervisor/main.ts'),
      ...process.argv.slice(2),
    ],
    { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: { ...process.env, PATH: bin } },
  );
  // Passed on, and waited for: the child stops the shop in order. A Ctrl-C in the terminal reaches
  // it twice, which it knows.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  // npm that is told to end does not pass that on, so this process watches for its death: the shop
  // must not outlive the command.
  if (process.env.npm_lifecycle_event) {
    const watch = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(watch);
      child.kill('SIGTERM');
    }, 500).unref();
  }
  child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}

await install();
handOver(findNode24());
