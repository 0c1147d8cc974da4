import { isJob, type Service, type Services } from './compose-file.ts';

const pinned = (image: string): boolean =>
  /:[\w.-]+(?:@sha256:[0-9a-f]{64})?\}?$/.test(image) && !/:latest\}?$/.test(image);

/**
 * Whether a service listens on a port, by what it publishes and by the address its healthcheck
 * asks, if it asks one.
 */
function listensOn(service: Service, port: string): boolean {
  const probe = service.healthcheck?.test.join(' ') ?? '';
  return (
    service.ports.some((mapping) => mapping.endsWith(`:${port}`)) &&
    (!probe.includes('http://') || probe.includes(`:${port}/`))
  );
}

/**
 * Traefik's own pages show every route and have no password: each router that leads to them needs a
 * list of allowed addresses.
 */
const openPages = ({ labels }: Service): string[] =>
  Object.entries(labels)
    .filter(
      ([label, value]) =>
        /^traefik\.http\.routers\.[\w-]+\.service$/.test(label) && value === 'api@internal',
    )
    .map(([label]) => label.replace(/\.service$/, ''))
    .filter(
      (router) =>
        !labels[
          `traefik.http.middlewares.${labels[`${router}.middlewares`] ?? ''}.ipallowlist.sourcerange`
        ],
    );

function serviceFailures(name: string, service: Service): string[] {
  const routed = Object.entries(service.labels).filter(([label]) =>
    label.endsWith('.loadbalancer.server.port'),
  );
  return [
    ...(service.healthcheck || isJob(service) ? [] : ['has no healthcheck']),
    ...(service.mem_limit && service.cpus && service.pids_limit
      ? []
      : ['lacks mem_limit, cpus or pids_limit']),
    ...(service.cap_drop.includes('ALL') ? [] : ['keeps the capabilities of root (cap_drop)']),
    ...openPages(service).map((router) => `shows Traefik's own pages to everybody (${router})`),
    ...(service.logging ? [] : ['does not rotate its logs']),
    ...(pinned(service.image) ? [] : [`image ${service.image} is not pinned`]),
    ...(service.container_name ? ['has a container_name, which stops it from being scaled'] : []),
    ...routed
      .filter(([, port]) => !listensOn(service, port))
      .map(([, port]) => `is routed to port ${port}, on which it does not listen`),
    ...(routed.length > 0 && !service.labels['traefik.docker.network']
      ? ['does not name the network of its route']
      : []),
  ].map((failure) => `${name} ${failure}`);
}

/**
 * Compose refuses the whole file when a service that always runs waits for one that is switched
 * off.
 */
const waitsForSwitchedOff = (services: Services): string[] =>
  Object.entries(services)
    .filter(([, { profiles }]) => profiles.length === 0)
    .flatMap(([name, { depends_on }]) =>
      Object.keys(depends_on)
        .filter((other) => (services[other]?.profiles.length ?? 0) > 0)
        .map((other) => `${name} waits for ${other}, which runs in a profile only`),
    );

/** What is wrong with the services, as sentences; empty when they keep the house's rules. */
export const composeFailures = (services: Services): string[] => [
  ...Object.entries(services).flatMap(([name, service]) => serviceFailures(name, service)),
  ...waitsForSwitchedOff(services),
  ...(services['postgres']?.networks.includes('edge')
    ? ['postgres is on the network that faces the outside']
    : []),
];
