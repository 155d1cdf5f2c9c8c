import type { Grant } from './companyNames';
import { arnOf, companyIdentity, lambdaPolicy, partners, rootOf } from './companyNames';
import type { SampleLayer, SampleLayerVersion } from './state';

const inOrganization = {
  StringEquals: { 'aws:PrincipalOrgID': companyIdentity.organizationId },
};

function layerWith(
  name: string,
  versions: Readonly<Record<number, readonly Grant[]>>,
): SampleLayer {
  return {
    name,
    versions: Object.entries(versions).map(([number, grants]): SampleLayerVersion => {
      const arn = arnOf('lambda', `layer:${name}:${number}`);
      const version = { version: Number(number), description: `${name} release ${number}` };
      if (grants.length === 0) return version;
      return { ...version, policy: lambdaPolicy(arn, grants, 'lambda:GetLayerVersion') };
    }),
  };
}

export const companyLayers: readonly SampleLayer[] = [
  layerWith('shared-utils', {
    1: [],
    2: [{ sid: 'warehouse', principal: { AWS: rootOf(partners.warehouse) } }],
    3: [{ sid: 'warehouse', principal: { AWS: rootOf(partners.warehouse) } }],
    4: [
      { sid: 'warehouse', principal: { AWS: rootOf(partners.warehouse) } },
      { sid: 'analytics', principal: { AWS: rootOf(partners.analytics) } },
    ],
    5: [],
  }),
  layerWith('observability', {
    7: [{ sid: 'organization', principal: '*', condition: inOrganization }],
    8: [{ sid: 'organization', principal: '*', condition: inOrganization }],
    9: [],
  }),
  layerWith('image-tools', {
    1: [],
    2: [{ sid: 'public-for-the-workshop', principal: '*' }],
  }),
  layerWith('payments-sdk', { 1: [], 2: [], 3: [] }),
  layerWith('python-data', {
    11: [
      { sid: 'analytics', principal: { AWS: rootOf(partners.analytics) } },
      { sid: 'courier', principal: { AWS: rootOf(partners.courier) } },
      { sid: 'agency-until-march', principal: { AWS: rootOf(partners.agency) } },
      { sid: 'former-partner', principal: { AWS: 'AROAEXAMPLEPARTNER003' } },
    ],
    12: [{ sid: 'analytics', principal: { AWS: rootOf(partners.analytics) } }],
  }),
  layerWith('legacy-soap', { 1: [] }),
];
