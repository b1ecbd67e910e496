"""Queries the gateway with Python's zeep: signed, tampered with, and unsigned.

What zeep does not do by itself stands in Signatures: its own signature covers Body and Timestamp
only, with SHA-1, and the one it verifies may cover anything. The rest is zeep as it comes.
"""

import base64
import datetime
import os
import sys
import time

import requests
import xmlsec
from lxml import etree
from OpenSSL import crypto
from zeep import Client, Transport
from zeep.exceptions import Fault
from zeep.wsse.signature import BinarySignature

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
WSA = "http://www.w3.org/2005/08/addressing"
DS = "http://www.w3.org/2000/09/xmldsig#"
OASIS = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-"
WSSE = OASIS + "wssecurity-secext-1.0.xsd"
WSU = OASIS + "wssecurity-utility-1.0.xsd"
X509 = OASIS + "x509-token-profile-1.0#X509v3"
BASE64 = OASIS + "soap-message-security-1.0#Base64Binary"
TYPES = "urn:nhs-cpis:gateway:types:v1"

CERTS = os.environ["CPIS_CERTS"]
GATEWAY = os.environ["CPIS_GATEWAY"]
HOMERTON = "clinical/homerton-ed"
TOWER_HAMLETS = "la/twh"


def part(envelope, namespace, name):
    """The one Body, or the one header block of this name."""
    if name == "Body":
        return envelope.find("{%s}Body" % namespace)
    if name == "Timestamp":
        return envelope.find("{%s}Header/{%s}Security/{%s}Timestamp" % (SOAP, WSSE, namespace))
    return envelope.find("{%s}Header/{%s}%s" % (SOAP, namespace, name))


def parts(envelope, names):
    """What must be signed in a message."""
    found = [part(envelope, SOAP, "Body"), part(envelope, WSU, "Timestamp")]
    found += [part(envelope, WSA, name) for name in names]
    if any(element is None for element in found):
        raise ValueError("a part is missing that must be signed")
    return found


class Signatures:
    """Signs what zeep sends, and verifies what comes back: a wsse object for zeep's Client."""

    def __init__(self, sender=HOMERTON, signed=True, tampered=None):
        self.sender = CERTS + "/" + sender
        self.signed = signed
        self.tampered = tampered
        self.message_id = None
        self.verified = None

    def apply(self, envelope, headers):
        self.message_id = part(envelope, WSA, "MessageID").text
        if self.signed:
            self.sign(envelope)
        if self.tampered:
            part(envelope, SOAP, "Body")[0][-1].text = self.tampered
        return envelope, headers

    def sign(self, envelope):
        security = etree.SubElement(envelope.find("{%s}Header" % SOAP), "{%s}Security" % WSSE)
        security.set("{%s}mustUnderstand" % SOAP, "1")
        timestamp = etree.SubElement(security, "{%s}Timestamp" % WSU)
        now = datetime.datetime.utcnow()
        for name, time in ("Created", now), ("Expires", now + datetime.timedelta(minutes=5)):
            etree.SubElement(timestamp, "{%s}%s" % (WSU, name)).text = (
                time.isoformat(timespec="milliseconds") + "Z"
            )
        token = etree.SubElement(security, "{%s}BinarySecurityToken" % WSSE)
        token.attrib.update(
            {"{%s}Id" % WSU: "token", "ValueType": X509, "EncodingType": BASE64}
        )
        token.text = base64.b64encode(der(self.sender + "-signing.pem"))

        signature = xmlsec.template.create(
            envelope, xmlsec.Transform.EXCL_C14N, xmlsec.Transform.RSA_SHA256
        )
        security.append(signature)
        context = xmlsec.SignatureContext()
        for element in parts(envelope, ["Action", "MessageID", "To"]):
            element.set("{%s}Id" % WSU, etree.QName(element).localname)
            context.register_id(element, "Id", WSU)
            reference = xmlsec.template.add_reference(
                signature, xmlsec.Transform.SHA256, uri="#" + element.get("{%s}Id" % WSU)
            )
            xmlsec.template.add_transform(reference, xmlsec.Transform.EXCL_C14N)
        info = xmlsec.template.ensure_key_info(signature)
        to_token = etree.SubElement(info, "{%s}SecurityTokenReference" % WSSE)
        etree.SubElement(to_token, "{%s}Reference" % WSSE, URI="#token", ValueType=X509)
        context.key = xmlsec.Key.from_file(
            self.sender + "-signing.key.pem", xmlsec.KeyFormat.PEM
        )
        context.sign(signature)

    def verify(self, envelope):
        """zeep calls this for answers and faults alike; anything but a good signature raises."""
        envelope = envelope.getroottree().getroot()
        token = envelope.find("{%s}Header/{%s}Security/{%s}BinarySecurityToken" % (SOAP, WSSE, WSSE))
        certificate = crypto.load_certificate(
            crypto.FILETYPE_ASN1, base64.b64decode(token.text)
        )
        crypto.X509StoreContext(trusted(), certificate).verify_certificate()

        answered = part(envelope, WSA, "RelatesTo") is not None
        names = ["Action", "MessageID", "To"] + (["RelatesTo"] if answered else [])
        required = parts(envelope, names)
        context = xmlsec.SignatureContext()
        for element in required:
            context.register_id(element, "Id", WSU)
        context.key = xmlsec.Key.from_memory(
            crypto.dump_certificate(crypto.FILETYPE_PEM, certificate), xmlsec.KeyFormat.CERT_PEM
        )
        signature = token.getparent().find("{%s}Signature" % DS)
        context.verify(signature)

        covered = {ref.get("URI")[1:] for ref in signature.iter("{%s}Reference" % DS)}
        for element in required:
            if element.get("{%s}Id" % WSU) not in covered:
                raise ValueError(etree.QName(element).localname + " is not signed")
        if answered and part(envelope, WSA, "RelatesTo").text != self.message_id:
            raise ValueError("the answer is to another message")
        self.verified = "by %s, over Body, Timestamp, %s" % (
            certificate.get_subject().CN, ", ".join(names))


def der(file):
    with open(file, "rb") as pem:
        certificate = crypto.load_certificate(crypto.FILETYPE_PEM, pem.read())
    return crypto.dump_certificate(crypto.FILETYPE_ASN1, certificate)


def trusted():
    """The development CAs: whoever signs an answer must have been certified by them."""
    store = crypto.X509Store()
    for ca in "root", "issuing":
        with open("%s/ca/%s.pem" % (CERTS, ca), "rb") as pem:
            store.add_cert(crypto.load_certificate(crypto.FILETYPE_PEM, pem.read()))
    return store


def query(number):
    return {
        "systems": {
            "senderAsid": os.environ["CPIS_SENDER_ASID"],
            "receiverAsid": os.environ["CPIS_GATEWAY_ASID"],
        },
        "author": {
            "person": {
                "userId": "zeep.1",
                "name": {"title": "Dr", "givenName": "Siân", "familyName": "Testwell-Ŵyn"},
                "jobRole": {"code": "R0260", "name": "Consultant"},
                "organisation": {
                    "code": os.environ["CPIS_ORGANISATION"],
                    "name": "Homerton emergency department",
                },
            }
        },
        "activityCode": "B0107",
        "careSetting": "emergency-department",
        "nhsNumber": number,
    }


def update():
    return {
        "systems": {
            "senderAsid": os.environ["CPIS_AUTHORITY_ASID"],
            "receiverAsid": os.environ["CPIS_GATEWAY_ASID"],
        },
        "localAuthority": {
            "code": "TWH",
            "name": "Tower Hamlets",
            "contacts": {
                "emergencyDutyTelephone": "020 7946 0058",
                "officeHoursTelephone": "020 7946 0059",
            },
        },
        "sequenceNumber": int(time.time()),
        "product": {"name": "A sample product", "version": "1"},
        "recordCount": 1,
        "record": [
            {
                "localIdentifier": "TWH-CLIENTS-1",
                "nhsNumber": "9990000018",
                "familyName": "Ó Briain",
                "givenName": "Łucja",
                "dateOfBirth": "2017-08-13",
                "planType": "LAC",
                "startDate": datetime.date.today().isoformat(),
            }
        ],
    }


def client(wsse, service="query", sender=HOMERTON):
    session = requests.Session()
    session.trust_env = False  # otherwise REQUESTS_CA_BUNDLE wins over the CA given here
    session.verify = CERTS + "/ca/root.pem"
    session.cert = tuple(CERTS + "/" + sender + "-tls" + end for end in (".pem", ".key.pem"))
    return Client(GATEWAY + "/" + service + "?wsdl", transport=Transport(session=session), wsse=wsse)


def show(answer):
    print("  answer: " + answer.outcome)
    for of in answer.authorityRecords:
        plans = ["%s since %s" % (one.planType, one.startDate) for one in of.record]
        telephone = of.localAuthority.contacts.emergencyDutyTelephone
        print("    %s: %s; duty team %s" % (of.localAuthority.name, ", ".join(plans), telephone))
    for access in answer.access[:1]:
        print("    last accessed %s by %s" % (access.accessedAt, access.userName))


def refused(what, wsse):
    """Whether the query is refused with a fault that is signed and says something."""
    try:
        client(wsse).service.planQuery(**query(os.environ["CPIS_NHS_NUMBER"]))
    except Fault as fault:
        code = fault.detail.find(".//{%s}code" % TYPES).text
        print("  %s query: refused, %s: %s" % (what, code, fault.message))
        print("    the fault's signature is good, " + wsse.verified)
        return True
    print("  %s query: ANSWERED" % what)
    return False


def send():
    """One signed query, for whoever records it."""
    print(client(Signatures()).service.planQuery(**query(os.environ["CPIS_NHS_NUMBER"])).outcome)
    return 0


class StockSignature(BinarySignature):
    """What zeep brings; it would verify the reply by the sender's own certificate."""

    def verify(self, envelope):
        return envelope


def send_stock():
    """One query signed by what zeep brings: SHA-1, Body only, no Timestamp. It is refused."""
    base = CERTS + "/clinical/homerton-ed-signing"
    try:
        client(StockSignature(base + ".key.pem", base + ".pem")).service.planQuery(
            **query(os.environ["CPIS_NHS_NUMBER"]))
    except Fault as fault:
        print(fault.detail.find(".//{%s}code" % TYPES).text)
    return 0


def main():
    if sys.argv[1:] == ["send"]:
        return send()
    if sys.argv[1:] == ["send-stock"]:
        return send_stock()
    wsse = Signatures()
    gateway = client(wsse)
    print("  WSDL read: " + ", ".join(gateway.service._operations))
    answer = gateway.service.planQuery(**query(os.environ["CPIS_NHS_NUMBER"]))
    show(answer)
    print("    the answer's signature is good, " + wsse.verified)
    right = answer.outcome == "records-found" and answer.nhsNumber == os.environ["CPIS_NHS_NUMBER"]
    answer = gateway.service.planQuery(**query(os.environ["CPIS_NUMBER_WITHOUT_RECORD"]))
    show(answer)
    right &= answer.outcome == "no-records-found"
    authority = Signatures(TOWER_HAMLETS)
    file = client(authority, "submission", TOWER_HAMLETS).service.planUpdate(**update()).fileCode
    print("  update: acknowledged, %s\n    its signature is good, %s" % (file, authority.verified))
    right &= file.startswith("CPF0")
    right &= refused("tampered", Signatures(tampered="9990000026"))
    right &= refused("unsigned", Signatures(signed=False))
    print("  ran: query, no record, update, tampered, unsigned")
    return 0 if right else 1


sys.exit(main())
