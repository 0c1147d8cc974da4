import { createServer, type Server } from 'node:http';

import type { Services } from './compose-file.ts';

const NETWORK = { 'comptoir-edge': { IPAddress: '127.0.0.1', NetworkID: 'edge' } };

const container = (name: string, labels: Record<string, string>): Record<string, unknown> => ({
  Id: name,
  Names: [`/comptoir-${name}-1`],
  Image: name,
  State: 'running',
  Status: 'Up (healthy)',
  Labels: {
    ...labels,
    'com.docker.compose.service': name,
    'com.docker.compose.project': 'comptoir',
  },
  HostConfig: { NetworkMode: 'comptoir-edge' },
  NetworkSettings: { Networks: NETWORK },
});

const inspection = (listed: Record<string, unknown>, name: string): Record<string, unknown> => ({
  Id: name,
  Name: `/comptoir-${name}-1`,
  State: { Status: 'running', Running: true, Health: { Status: 'healthy' } },
  Config: { Labels: listed['Labels'], Image: name },
  HostConfig: { NetworkMode: 'comptoir-edge' },
  NetworkSettings: { Networks: NETWORK, Ports: {} },
});

/**
 * What Docker's API would answer on `path` for these containers; null = a stream that stays open.
 */
function answer(path: string, containers: Record<string, Record<string, unknown>>): unknown {
  const inspected = /\/containers\/([\w-]+)\/json$/.exec(path)?.[1];
  if (path.includes('/events')) return null;
  if (inspected && containers[inspected]) return inspection(containers[inspected], inspected);
  if (path.endsWith('/containers/json')) return Object.values(containers);
  if (path.endsWith('/version'))
    return {
      Version: '28.2.2',
      ApiVersion: '1.51',
      MinAPIVersion: '1.24',
      Os: 'linux',
      Arch: 'amd64',
    };
  return path.endsWith('/networks') ? [] : {};
}

/**
 * Serves, on a Unix socket, the part of Docker's API that Traefik reads: each service is one
 * container at 127.0.0.1.
 */
export async function serveFakeDocker(socket: string, services: Services): Promise<Server> {
  const containers = Object.fromEntries(
    Object.entries(services).map(([name, { labels }]) => [name, container(name, labels)]),
  );
  const server = createServer((request, response) => {
    const body = answer(new URL(request.url ?? '/', 'http://docker').pathname, containers);
    response.setHeader('Api-Version', '1.51').setHeader('content-type', 'application/json');
    if (body === null) return response.flushHeaders();
    return response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(socket, resolve);
  });
  return server;
}
