import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';

interface Service {
  build?: { dockerfile: string };
  command?: unknown[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { test: unknown[] };
  volumes?: string[];
}

const ROOT = resolve(__dirname, '../..');
const text = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
const { services, volumes } = parse(text, { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
};

// There is not always a Docker to try the file with; its slips are caught by reading it.
describe('docker-compose.yml', () => {
  it.each(Object.entries(services))('%s is made of plain words', (_name, service) => {
    const words = [...(service.command ?? []), ...(service.healthcheck?.test ?? [])];
    expect(words.filter((word) => typeof word !== 'string')).toEqual([]);
  });

  it.each(Object.entries(services))('%s refers to things that exist', (_name, service) => {
    if (service.build) expect(existsSync(join(ROOT, service.build.dockerfile))).toBe(true);
    for (const [other, { condition }] of Object.entries(service.depends_on ?? {})) {
      expect(condition).toBe('service_healthy');
      expect(services[other]?.healthcheck).toBeDefined();
    }
    for (const source of (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '')) {
      const isThere = source.startsWith('.') ? existsSync(join(ROOT, source)) : source in volumes;
      expect([source, isThere]).toEqual([source, true]);
    }
  });
});
