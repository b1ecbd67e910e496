// Queries the gateway with gSOAP: signed, tampered with, and unsigned. Signing and verifying are
// those of gSOAP's wsse plugin, WS-Addressing those of its wsa plugin; the rest is generated from
// the published contract.

#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>

#include "QueryBinding.nsmap"
#include "soapQueryBindingProxy.h"
#include "wsaapi.h"
#include "wsseapi.h"

namespace {

const char *const ACTION = "urn:nhs:names:services:cpisquery/planQuery";
const char *const WSA = "http://www.w3.org/2005/08/addressing";
const char *const WSU =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const char *const OTHER_NUMBER = "9990000026";

std::string env(const char *name) {
  const char *value = std::getenv(name);
  if (value == nullptr) {
    std::cerr << "  " << name << " is not set\n";
    std::exit(2);
  }
  return value;
}

// Reads what one of OpenSSL's readers finds in a file; ends the program if it finds nothing.
template <typename Content>
Content *read(const std::string &file,
              Content *(*reader)(FILE *, Content **, pem_password_cb *, void *)) {
  FILE *opened = std::fopen(file.c_str(), "r");
  Content *content = opened == nullptr ? nullptr : reader(opened, nullptr, nullptr, nullptr);
  if (content == nullptr) {
    std::cerr << "  cannot read " << file << "\n";
    std::exit(1);
  }
  std::fclose(opened);
  return content;
}

// Swaps the number on its way out, when signature and length are already decided.
int (*send_as_it_is)(struct soap *, const char *, size_t);

int send_tampered(struct soap *soap, const char *bytes, size_t length) {
  std::string text(bytes, length);
  const std::string element = ">" + env("CPIS_NHS_NUMBER") + "<";
  const size_t at = text.find(element);
  if (at != std::string::npos) {
    text.replace(at + 1, std::strlen(OTHER_NUMBER), OTHER_NUMBER);
  }
  return send_as_it_is(soap, text.data(), text.size());
}

class Client {
 public:
  Client() : proxy(SOAP_XML_CANONICAL | SOAP_C_UTFSTRING) {
    soap = proxy.soap;
    address = env("CPIS_GATEWAY") + "/query";
    proxy.soap_endpoint = address.c_str();
    soap_register_plugin(soap, soap_wsa);
    soap_register_plugin(soap, soap_wsse);
    keys = env("CPIS_WORK") + "/tls.pem";
    cas = env("CPIS_WORK") + "/cas.pem";
    if (soap_ssl_client_context(soap, SOAP_SSL_REQUIRE_SERVER_AUTHENTICATION, keys.c_str(),
                                nullptr, cas.c_str(), nullptr, nullptr)) {
      fail("TLS");
    }
    soap_wsse_verify_auto(soap, SOAP_SMD_NONE, nullptr, 0);
  }

  ~Client() {
    X509_free(certificate);
    EVP_PKEY_free(key);
    proxy.destroy();
  }

  Client(const Client &) = delete;
  Client &operator=(const Client &) = delete;

  // Reads the signing key and certificate; everything sent from now on is signed.
  void sign() {
    const std::string base = env("CPIS_CERTS") + "/clinical/homerton-ed-signing";
    key = read(base + ".key.pem", PEM_read_PrivateKey);
    certificate = read(base + ".pem", PEM_read_X509);
  }

  void tamper() {
    send_as_it_is = soap->fsend;
    soap->fsend = send_tampered;
  }

  // Sends the query; 0 when it is answered, otherwise soap's error.
  int query(const std::string &number, _q__planQueryResponse &answer) {
    message_id = soap_wsa_rand_uuid(soap);
    soap_wsse_set_wsu_id(soap, "wsa5:Action wsa5:MessageID wsa5:To");
    if (soap_wsa_request(soap, message_id.c_str(), address.c_str(), ACTION)) {
      fail("WS-Addressing");
    }
    if (key != nullptr &&
        (soap_wsse_add_Timestamp(soap, "Time", 300) ||
         soap_wsse_add_BinarySecurityTokenX509(soap, "X509Token", certificate) ||
         soap_wsse_add_KeyInfo_SecurityTokenReferenceX509(soap, "#X509Token") ||
         soap_wsse_sign_body(soap, SOAP_SMD_SIGN_RSA_SHA256, key, 0))) {
      fail("signing");
    }
    return proxy.planQuery(address.c_str(), ACTION, request(number), answer);
  }

  // By whom the message received is signed and over what; ends the program unless over all parts.
  // The plugin has verified the signature and the signer's certificate before this is asked.
  std::string verified() {
    std::string covered = "Body, Timestamp, Action, MessageID, To";
    bool all = soap_wsse_verify_body(soap) == SOAP_OK && signed_once(WSU, "Timestamp") &&
               signed_once(WSA, "Action") && signed_once(WSA, "MessageID") &&
               signed_once(WSA, "To");
    if (soap->header->wsa5__RelatesTo != nullptr) {
      all = all && signed_once(WSA, "RelatesTo") &&
            message_id == soap->header->wsa5__RelatesTo->__item;
      covered += ", RelatesTo";
    }
    if (!all) {
      std::cerr << "  a part is not signed, or the answer is to another message\n";
      std::exit(1);
    }
    X509 *signer = soap_wsse_get_BinarySecurityTokenX509(soap, "X509Token");
    char name[100] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(signer), NID_commonName, name, sizeof name);
    X509_free(signer);
    return std::string("by ") + name + ", over " + covered;
  }

  void fail(const char *what) {
    std::cerr << "  " << what << ": ";
    proxy.soap_stream_fault(std::cerr);
    std::exit(1);
  }

  QueryBindingProxy proxy;
  struct soap *soap;

 private:
  bool signed_once(const char *space, const char *tag) {
    return soap_wsse_verify_element(soap, space, tag) == 1;
  }

  _q__planQueryRequest *request(const std::string &number) {
    auto *systems = soap_new_t__SystemsType(soap);
    systems->senderAsid = env("CPIS_SENDER_ASID");
    systems->receiverAsid = env("CPIS_GATEWAY_ASID");
    auto *person = soap_new_q__PersonAuthorType(soap);
    person->userId = "gsoap.1";
    person->name = soap_new_t__StaffNameType(soap);
    person->name->familyName = "Testwell-Ŵyn";
    person->jobRole = soap_new_t__JobRoleType(soap);
    person->jobRole->code = "R0260";
    person->jobRole->name = "Consultant";
    person->organisation = soap_new_t__OrganisationType(soap);
    person->organisation->code = env("CPIS_ORGANISATION");
    person->organisation->name = "Homerton emergency department";
    auto *request = soap_new__q__planQueryRequest(soap);
    request->systems = systems;
    request->author = soap_new_q__AuthorType(soap);
    request->author->person = person;
    request->activityCode = q__ActivityRightCode__B0107;
    request->careSetting = &setting;
    request->nhsNumber = number;
    return request;
  }

  t__CareSettingCode setting = t__CareSettingCode__emergency_department;
  // gSOAP keeps pointers to these.
  std::string address;
  std::string keys;
  std::string cas;

  std::string message_id;
  EVP_PKEY *key = nullptr;
  X509 *certificate = nullptr;
};

bool answered(const std::string &want, const std::string &number) {
  Client client;
  client.sign();
  _q__planQueryResponse answer;
  if (client.query(number, answer)) {
    client.fail("signed query");
  }
  const char *outcome = soap_t__SearchOutcomeCode2s(client.soap, answer.outcome);
  std::cout << "  answer: " << outcome << "\n";
  for (const auto *of : answer.authorityRecords) {
    std::cout << "    " << of->localAuthority->name << ": ";
    for (const auto *record : of->record) {
      std::cout << soap_t__PlanTypeCode2s(client.soap, record->planType) << " since "
                << record->startDate << ", ";
    }
    std::cout << "duty team " << of->localAuthority->contacts->emergencyDutyTelephone << "\n";
  }
  if (!answer.access.empty()) {
    std::cout << "    last accessed by " << answer.access.front()->userName << "\n";
  }
  std::cout << "    the answer's signature is good, " << client.verified() << "\n";
  return std::string(outcome) == want && answer.nhsNumber == number;
}

// Whether the query is refused with a fault that is signed and says something.
bool refused(const char *what, Client &client) {
  _q__planQueryResponse answer;
  if (client.query(env("CPIS_NHS_NUMBER"), answer) == SOAP_OK) {
    std::cout << "  " << what << " query: ANSWERED\n";
    return false;
  }
  const auto *fault = client.soap->fault;
  if (fault == nullptr || fault->detail == nullptr || fault->detail->t__errorList == nullptr) {
    client.fail(what);
  }
  std::cout << "  " << what << " query: refused, "
            << fault->detail->t__errorList->error.front()->code << ": " << fault->faultstring
            << "\n    the fault's signature is good, " << client.verified() << "\n";
  return true;
}

}  // namespace

int main(int argc, char *argv[]) {
  bool right = answered("records-found", env("CPIS_NHS_NUMBER"));
  if (argc > 1 && std::string(argv[1]) == "send") {
    return right ? 0 : 1;
  }
  right = answered("no-records-found", env("CPIS_NUMBER_WITHOUT_RECORD")) && right;
  Client tampered;
  tampered.sign();
  tampered.tamper();
  right = refused("tampered", tampered) && right;
  Client unsigned_;
  right = refused("unsigned", unsigned_) && right;
  std::cout << "  ran: query, no record, tampered, unsigned\n";
  return right ? 0 : 1;
}
