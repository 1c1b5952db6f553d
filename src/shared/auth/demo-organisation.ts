import type { Role } from './policies';

/** A user of the demo organisations; `key` is what `POST /dev/token` takes. */
export type DemoUser = {
  key: string;
  name: string;
  subject: string;
  tenantId: string;
  roles: Role[];
  teams?: string[];
  providerId?: string;
  scope?: string;
};

/** The organisation Family X is helped by, and another one that must see nothing of it. */
export const demoTenants = [
  { id: '0d7c6f0e-3b0a-4c53-9d55-000000000001', name: 'Help Network Family X (demo)' },
  { id: '0d7c6f0e-3b0a-4c53-9d55-000000000002', name: 'Another Organisation (demo)' },
] as const;
const [home, other] = demoTenants;
const subject = (n: number) => `5b1f0c52-7a44-4d6e-8f00-${String(n).padStart(12, '0')}`;
const user = (n: number, key: string, name: string, roles: Role[], more: Partial<DemoUser> = {}): DemoUser => ({
  key,
  name,
  subject: subject(n),
  tenantId: home.id,
  roles,
  ...more,
});

/** One user for every role, both case managers and both clients of Family X (domain.md §10). */
export const demoUsers: readonly DemoUser[] = [
  user(1, 'miss-cm', 'Miss CM, case manager at the hospital', ['case_manager'], { teams: ['hospital'] }),
  user(2, 'mr-cm', 'Mr CM, case manager at the employment service', ['case_manager'], { teams: ['employment'] }),
  user(3, 'team-lead', 'Team lead', ['team_lead'], { teams: ['hospital', 'employment'] }),
  user(4, 'network-manager', 'Network manager', ['network_manager']),
  user(5, 'org-admin', 'Head of the organisation', ['org_admin']),
  user(6, 'auditor', 'Quality auditor', ['quality_auditor']),
  user(7, 'dpo', 'Data protection officer', ['data_protection_officer']),
  user(8, 'mr-x', 'Mr X, client', ['client']),
  user(9, 'miss-x', 'Miss X, client', ['client']),
  user(10, 'provider', 'Staff of a provider', ['provider']),
  user(11, 'integration', 'Hospital information system', ['system'], {
    scope: 'request:read request:write directory:read',
  }),
  user(12, 'stranger', 'Case manager of another organisation', ['case_manager'], { tenantId: other.id }),
];
