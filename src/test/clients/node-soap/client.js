'use strict';
/*
 * Queries the gateway with node-soap: signed, tampered with, and unsigned. node-soap signs by
 * itself; it verifies nothing, so the answer's signature is verified with xml-crypto, which node-soap
 * signs with.
 */
const { X509Certificate, randomUUID } = require('crypto');
const fs = require('fs');
const https = require('https');
const soap = require('soap');
const { SignedXml } = require('xml-crypto');
const { DOMParser } = require('@xmldom/xmldom');

const WSA = 'http://www.w3.org/2005/08/addressing';
const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = `${OASIS}wssecurity-secext-1.0.xsd`;
const WSU = `${OASIS}wssecurity-utility-1.0.xsd`;

const { env } = process;
const NUMBER = env.CPIS_NHS_NUMBER;
const pem = (name) => fs.readFileSync(`${env.CPIS_CERTS}/${name}.pem`, 'utf8');
/** node-soap takes one certificate for the token, not a chain. */
const first = (chain) => chain.match(/-----BEGIN [^]*?-----END CERTIFICATE-----\n/)[0];

/** Who sends what to which service, on connections with whose certificate. */
function partner(sender, service, operation) {
  return {
    sender,
    operation,
    address: `${env.CPIS_GATEWAY}/${service}`,
    action: `urn:nhs:names:services:cpis${service}/${operation}`,
    httpsAgent: new https.Agent({
      key: pem(`${sender}-tls.key`),
      cert: pem(`${sender}-tls`),
      ca: pem('ca/root'),
    }),
  };
}
const HOMERTON = partner('clinical/homerton-ed', 'query', 'planQuery');
const TOWER_HAMLETS = partner('la/twh', 'submission', 'planUpdate');

/** One signs one message: node-soap's signer keeps the references of the message before. */
function security(tampered, { sender } = HOMERTON) {
  const stock = new soap.WSSecurityCert(
    pem(`${sender}-signing.key`),
    first(pem(`${sender}-signing`)),
    '',
    {
      hasTimeStamp: true,
      signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      additionalReferences: ['wsa:Action', 'wsa:MessageID', 'wsa:To'],
    },
  );
  return {
    postProcess: (xml, envelope) => {
      const signed = stock.postProcess(xml, envelope);
      return tampered ? signed.replace(`>${NUMBER}<`, `>${tampered}<`) : signed;
    },
  };
}

function query(number = NUMBER) {
  return {
    systems: { senderAsid: env.CPIS_SENDER_ASID, receiverAsid: env.CPIS_GATEWAY_ASID },
    author: {
      person: {
        userId: 'node-soap.1',
        name: { title: 'Dr', givenName: 'Siân', familyName: 'Testwell-Ŵyn' },
        jobRole: { code: 'R0260', name: 'Consultant' },
        organisation: { code: env.CPIS_ORGANISATION, name: 'Homerton emergency department' },
      },
    },
    activityCode: 'B0107',
    careSetting: 'emergency-department',
    nhsNumber: number,
  };
}

function update() {
  return {
    systems: { senderAsid: env.CPIS_AUTHORITY_ASID, receiverAsid: env.CPIS_GATEWAY_ASID },
    localAuthority: {
      code: 'TWH',
      name: 'Tower Hamlets',
      contacts: {
        emergencyDutyTelephone: '020 7946 0058',
        officeHoursTelephone: '020 7946 0059',
      },
    },
    sequenceNumber: Math.floor(Date.now() / 1000),
    product: { name: 'A sample product', version: '1' },
    recordCount: 1,
    record: {
      localIdentifier: 'TWH-CLIENTS-1',
      nhsNumber: '9990000018',
      familyName: 'Ó Briain',
      givenName: 'Łucja',
      dateOfBirth: '2017-08-13',
      planType: 'LAC',
      startDate: new Date().toISOString().substring(0, 10),
    },
  };
}

/** Sends one message; gives the answer or the fault, and in either case what was received. */
async function send(client, wsSecurity, content = query(), as = HOMERTON) {
  const messageId = `urn:uuid:${randomUUID()}`;
  client.clearSoapHeaders();
  for (const [name, value] of [['Action', as.action], ['MessageID', messageId], ['To', as.address]]) {
    client.addSoapHeader(`<wsa:${name} xmlns:wsa="${WSA}">${value}</wsa:${name}>`);
  }
  client.setSecurity(wsSecurity);
  try {
    const [answer, received] = await client[`${as.operation}Async`](content, {
      httpsAgent: as.httpsAgent,
    });
    return { answer, received, messageId };
  } catch (error) {
    if (!error.root) {
      throw error;
    }
    return { fault: error.root.Envelope.Body.Fault, received: error.body, messageId };
  }
}

const only = (nodes, what) => {
  if (nodes.length !== 1) {
    throw new Error(`${what}: ${nodes.length} times`);
  }
  return nodes[0];
};
const children = (parent, namespace, name) =>
  Array.from(parent.childNodes).filter(
    (node) => node.namespaceURI === namespace && node.localName === name,
  );

/** The certificate of the token, certified by the development CAs and valid now. */
function signer(token) {
  const certificate = new X509Certificate(Buffer.from(token.textContent, 'base64'));
  const issuing = new X509Certificate(pem('ca/issuing'));
  const root = new X509Certificate(pem('ca/root'));
  for (const [one, by] of [[certificate, issuing], [issuing, root]]) {
    const now = new Date();
    const valid = new Date(one.validFrom) <= now && now <= new Date(one.validTo);
    if (!valid || !one.checkIssued(by) || !one.verify(by.publicKey)) {
      throw new Error(`not certified: ${one.subject}`);
    }
  }
  return certificate;
}

/** Says by whom a received message is signed and over what; throws unless all is as it must be. */
function verified(received, messageId) {
  const envelope = new DOMParser().parseFromString(received, 'text/xml').documentElement;
  const header = only(children(envelope, SOAP, 'Header'), 'Header');
  const wsse = only(children(header, WSSE, 'Security'), 'Security');
  const certificate = signer(only(children(wsse, WSSE, 'BinarySecurityToken'), 'token'));

  const signature = new SignedXml({ publicCert: certificate.toString() });
  signature.loadSignature(only(children(wsse, DS, 'Signature'), 'Signature'));
  if (!signature.checkSignature(received)) {
    throw new Error('the signature is wrong');
  }
  const covered = signature.getReferences().map((reference) => reference.uri.substring(1));

  const answers = children(header, WSA, 'RelatesTo');
  const names = ['Action', 'MessageID', 'To'].concat(answers.length ? ['RelatesTo'] : []);
  const required = [
    only(children(envelope, SOAP, 'Body'), 'Body'),
    only(children(wsse, WSU, 'Timestamp'), 'Timestamp'),
    ...names.map((name) => only(children(header, WSA, name), name)),
  ];
  for (const part of required) {
    if (!covered.includes(part.getAttributeNS(WSU, 'Id'))) {
      throw new Error(`${part.localName} is not signed`);
    }
  }
  if (answers.length && answers[0].textContent !== messageId) {
    throw new Error('the answer is to another message');
  }
  const name = certificate.subject.match(/CN=(.*)/)[1];
  return `by ${name}, over Body, Timestamp, ${names.join(', ')}`;
}

const list = (value) => (value === undefined ? [] : [].concat(value));

function show(answer) {
  console.log(`  answer: ${answer.outcome}`);
  for (const of of list(answer.authorityRecords)) {
    const plans = list(of.record).map((one) => `${one.planType} since ${one.startDate}`);
    const telephone = of.localAuthority.contacts.emergencyDutyTelephone;
    console.log(`    ${of.localAuthority.name}: ${plans.join(', ')}; duty team ${telephone}`);
  }
  for (const access of list(answer.access).slice(0, 1)) {
    console.log(`    last accessed ${access.accessedAt} by ${access.userName}`);
  }
}

/** Whether the query is refused with a fault that is signed and says something. */
async function refused(what, client, wsSecurity) {
  const { answer, fault, received, messageId } = await send(client, wsSecurity);
  if (answer) {
    console.log(`  ${what} query: ANSWERED`);
    return false;
  }
  const code = list(fault.detail.errorList.error)[0].code;
  console.log(`  ${what} query: refused, ${code}: ${fault.faultstring}`);
  console.log(`    the fault's signature is good, ${verified(received, messageId)}`);
  return true;
}

const connect = ({ address, httpsAgent }) =>
  soap.createClientAsync(`${address}?wsdl`, { wsdl_options: { httpsAgent } });

/** Whether a child without a record has none. */
async function withoutRecord(client) {
  const number = env.CPIS_NUMBER_WITHOUT_RECORD;
  const { answer, received, messageId } = await send(client, security(), query(number));
  show(answer);
  verified(received, messageId);
  return answer.outcome === 'no-records-found';
}

/** Whether an update is acknowledged. */
async function updated() {
  const { answer, received, messageId } = await send(
    await connect(TOWER_HAMLETS), security(undefined, TOWER_HAMLETS), update(), TOWER_HAMLETS,
  );
  console.log(`  update: acknowledged, ${answer.fileCode}`);
  console.log(`    its signature is good, ${verified(received, messageId)}`);
  return answer.fileCode.startsWith('CPF0');
}

async function main() {
  const client = await connect(HOMERTON);
  console.log(`  WSDL read: ${Object.keys(client.describe().QueryService.QueryPort)}`);
  const { answer, fault, received, messageId } = await send(client, security());
  if (fault) {
    throw new Error(`${fault.faultcode}: ${fault.faultstring}`);
  }
  if (process.argv[2] === 'send') {
    console.log(answer.outcome);
    return 0;
  }
  show(answer);
  console.log(`    the answer's signature is good, ${verified(received, messageId)}`);
  const right = [
    answer.outcome === 'records-found' && answer.nhsNumber === NUMBER,
    await withoutRecord(client),
    await updated(),
    await refused('tampered', client, security('9990000026')),
    await refused('unsigned', client, null),
  ];
  console.log('  ran: query, no record, update, tampered, unsigned');
  return right.every(Boolean) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(`  ${error.stack}`);
    process.exit(1);
  },
);
