<?php
/*
 * Queries the gateway with PHP's SoapClient, which reads the contract, and xmlseclibs, which signs
 * and verifies: signed, without a record, an update, tampered with, and unsigned.
 */
declare(strict_types=1);

use RobRichards\XMLSecLibs\XMLSecurityDSig;
use RobRichards\XMLSecLibs\XMLSecurityKey;

require getenv('CPIS_XMLSECLIBS') . '/xmlseclibs.php';

const SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
const WSA = 'http://www.w3.org/2005/08/addressing';
const DS = XMLSecurityDSig::XMLDSIGNS;
const OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
const WSSE = OASIS . 'wssecurity-secext-1.0.xsd';
const WSU = OASIS . 'wssecurity-utility-1.0.xsd';
const X509 = OASIS . 'x509-token-profile-1.0#X509v3';
const BASE64 = OASIS . 'soap-message-security-1.0#Base64Binary';

function env(string $name): string
{
    $value = getenv($name);
    if ($value === false) {
        throw new RuntimeException("$name is not set");
    }
    return $value;
}

function pem(string $name): string
{
    return file_get_contents(env('CPIS_CERTS') . "/$name.pem");
}

function only(DOMDocument $document, string $path): DOMElement
{
    $xpath = new DOMXPath($document);
    foreach (['s' => SOAP, 'wsse' => WSSE, 'wsu' => WSU, 'wsa' => WSA, 'ds' => DS] as $prefix => $of) {
        $xpath->registerNamespace($prefix, $of);
    }
    $found = $xpath->query($path);
    if ($found->length !== 1) {
        throw new RuntimeException("$path: {$found->length} times");
    }
    return $found->item(0);
}

/** SoapClient that signs what it sends and verifies what comes back. */
final class GatewayClient extends SoapClient
{
    public string $verified = '';
    private string $messageId = '';

    public function __construct(
        private string $service,
        private string $name,
        private bool $signed = true,
        private string $tampered = '',
    ) {
        $tls = env('CPIS_CERTS') . "/$name-tls";
        $context = stream_context_create(['ssl' => [
            'local_cert' => "$tls.pem",
            'local_pk' => "$tls.key.pem",
            'cafile' => env('CPIS_CERTS') . '/ca/root.pem',
        ]]);
        parent::__construct(env('CPIS_GATEWAY') . "/$service?wsdl", [
            'stream_context' => $context,
            'cache_wsdl' => WSDL_CACHE_NONE,
            'soap_version' => SOAP_1_1,
        ]);
    }

    public function __doRequest(
        string $request,
        string $location,
        string $action,
        int $version,
        bool $oneWay = false,
    ): ?string {
        $document = new DOMDocument();
        $document->loadXML($request);
        $this->address($document, $location, $action);
        if ($this->signed) {
            $this->sign($document);
        }
        $sent = $document->saveXML();
        if ($this->tampered !== '') {
            $sent = str_replace('>' . env('CPIS_NHS_NUMBER') . '<', ">{$this->tampered}<", $sent);
        }
        $reply = parent::__doRequest($sent, $location, $action, $version, $oneWay);
        $this->verified = $this->verify($reply);
        return $reply;
    }

    private function address(DOMDocument $document, string $to, string $action): void
    {
        $envelope = $document->documentElement;
        $header = $document->createElementNS(SOAP, 'SOAP-ENV:Header');
        $envelope->insertBefore($header, $envelope->firstChild);
        $this->messageId = 'urn:uuid:' . trim(file_get_contents('/proc/sys/kernel/random/uuid'));
        foreach (['Action' => $action, 'MessageID' => $this->messageId, 'To' => $to] as $name => $value) {
            $header->appendChild($document->createElementNS(WSA, "wsa:$name", $value));
        }
    }

    private function sign(DOMDocument $document): void
    {
        $header = only($document, '/s:Envelope/s:Header');
        $security = $header->appendChild($document->createElementNS(WSSE, 'wsse:Security'));
        $security->setAttributeNS(SOAP, 'SOAP-ENV:mustUnderstand', '1');
        $token = $document->createElementNS(
            WSSE,
            'wsse:BinarySecurityToken',
            XMLSecurityDSig::get509XCert(pem("{$this->name}-signing")),
        );
        $token->setAttributeNS(WSU, 'wsu:Id', 'token');
        $token->setAttribute('EncodingType', BASE64);
        $token->setAttribute('ValueType', X509);
        $security->appendChild($token);
        $timestamp = $security->appendChild($document->createElementNS(WSU, 'wsu:Timestamp'));
        foreach (['Created' => 0, 'Expires' => 300] as $name => $later) {
            $time = gmdate('Y-m-d\TH:i:s\Z', time() + $later);
            $timestamp->appendChild($document->createElementNS(WSU, "wsu:$name", $time));
        }

        $signature = new XMLSecurityDSig();
        $signature->setCanonicalMethod(XMLSecurityDSig::EXC_C14N);
        $parts = [only($document, '/s:Envelope/s:Body'), $timestamp];
        foreach (['Action', 'MessageID', 'To'] as $name) {
            $parts[] = only($document, "/s:Envelope/s:Header/wsa:$name");
        }
        $signature->addReferenceList(
            $parts,
            XMLSecurityDSig::SHA256,
            [XMLSecurityDSig::EXC_C14N],
            ['prefix' => 'wsu', 'prefix_ns' => WSU],
        );
        $key = new XMLSecurityKey(XMLSecurityKey::RSA_SHA256, ['type' => 'private']);
        $key->loadKey(pem("{$this->name}-signing.key"));
        $signature->sign($key, $security);
        $reference = $document->createElementNS(WSSE, 'wsse:Reference');
        $reference->setAttribute('URI', '#token');
        $reference->setAttribute('ValueType', X509);
        $toToken = $document->createElementNS(WSSE, 'wsse:SecurityTokenReference');
        $toToken->appendChild($reference);
        $info = $document->createElementNS(DS, 'ds:KeyInfo');
        $info->appendChild($toToken);
        only($document, '//ds:Signature')->appendChild($info);
    }

    /** By whom the reply is signed and over what; throws unless all is as it must be. */
    private function verify(string $reply): string
    {
        $document = new DOMDocument();
        $document->loadXML($reply);
        $security = '/s:Envelope/s:Header/wsse:Security';
        $token = chunk_split(preg_replace('/\s/', '', only($document, "$security/wsse:BinarySecurityToken")->textContent), 64, "\n");
        $certificate = "-----BEGIN CERTIFICATE-----\n$token-----END CERTIFICATE-----\n";
        $cas = env('CPIS_CERTS') . '/ca/';
        if (openssl_x509_checkpurpose($certificate, X509_PURPOSE_ANY, [$cas . 'root.pem'], $cas . 'issuing.pem') !== true) {
            throw new RuntimeException('the signer is not certified');
        }
        $names = ['Action', 'MessageID', 'To'];
        $answers = $document->getElementsByTagNameNS(WSA, 'RelatesTo')->length > 0;
        if ($answers) {
            $names[] = 'RelatesTo';
        }

        $signature = new XMLSecurityDSig();
        $signature->idKeys = ['wsu:Id'];
        $signature->idNS = ['wsu' => WSU];
        $node = $signature->locateSignature($document);
        $signature->canonicalizeSignedInfo();
        $signature->validateReference();
        $key = $signature->locateKey();
        if ($key->type !== XMLSecurityKey::RSA_SHA256) {
            throw new RuntimeException("signed with {$key->type}");
        }
        $key->loadKey($certificate, false, true);
        if ($signature->verify($key) !== 1) {
            throw new RuntimeException('the signature is wrong');
        }
        $required = [only($document, '/s:Envelope/s:Body'), only($document, "$security/wsu:Timestamp")];
        foreach ($names as $name) {
            $required[] = only($document, "/s:Envelope/s:Header/wsa:$name");
        }
        $covered = array_values($signature->getValidatedNodes());
        foreach ($required as $part) {
            $is = fn (DOMNode $one): bool => $one->isSameNode($part);
            if (!array_filter($covered, $is)) {
                throw new RuntimeException("{$part->localName} is not signed");
            }
        }
        if ($answers && only($document, '//wsa:RelatesTo')->textContent !== $this->messageId) {
            throw new RuntimeException('the answer is to another message');
        }
        $by = openssl_x509_parse($certificate)['subject']['CN'];
        return "by $by, over Body, Timestamp, " . implode(', ', $names);
    }
}

function query(string $number): array
{
    return [
        'systems' => ['senderAsid' => env('CPIS_SENDER_ASID'), 'receiverAsid' => env('CPIS_GATEWAY_ASID')],
        'author' => ['person' => [
            'userId' => 'php.1',
            'name' => ['title' => 'Dr', 'givenName' => 'Siân', 'familyName' => 'Testwell-Ŵyn'],
            'jobRole' => ['code' => 'R0260', 'name' => 'Consultant'],
            'organisation' => ['code' => env('CPIS_ORGANISATION'), 'name' => 'A sample organisation'],
        ]],
        'activityCode' => 'B0107',
        'careSetting' => 'emergency-department',
        'nhsNumber' => $number,
    ];
}

function update(): array
{
    return [
        'systems' => ['senderAsid' => env('CPIS_AUTHORITY_ASID'), 'receiverAsid' => env('CPIS_GATEWAY_ASID')],
        'localAuthority' => ['code' => 'TWH', 'name' => 'Tower Hamlets', 'contacts' => [
            'emergencyDutyTelephone' => '020 7946 0058', 'officeHoursTelephone' => '020 7946 0059']],
        'sequenceNumber' => time(),
        'product' => ['name' => 'A sample product', 'version' => '1'],
        'recordCount' => 1,
        'record' => [[
            'localIdentifier' => 'TWH-CLIENTS-1', 'nhsNumber' => '9990000018', 'familyName' => 'Ó Briain',
            'givenName' => 'Łucja', 'dateOfBirth' => '2017-08-13', 'planType' => 'LAC',
            'startDate' => gmdate('Y-m-d'),
        ]],
    ];
}

const HOMERTON = 'clinical/homerton-ed';

function answered(string $what, GatewayClient $client, string $number): bool
{
    $answer = $client->planQuery(query($number));
    echo "  answer: {$answer->outcome}\n    its signature is good, {$client->verified}\n";
    return $answer->outcome === $what && $answer->nhsNumber === $number;
}

function refused(string $what, GatewayClient $client): bool
{
    try {
        $client->planQuery(query(env('CPIS_NHS_NUMBER')));
    } catch (SoapFault $fault) {
        $errors = $fault->detail->errorList->error;
        $code = (is_array($errors) ? end($errors) : $errors)->code;
        echo "  $what query: refused, $code: {$fault->getMessage()}\n";
        echo "    the fault's signature is good, {$client->verified}\n";
        return $code === 'CPG-706';
    }
    echo "  $what query: ANSWERED\n";
    return false;
}

if (($argv[1] ?? '') === 'send') {
    exit(answered('records-found', new GatewayClient('query', HOMERTON), env('CPIS_NHS_NUMBER')) ? 0 : 1);
}
$client = new GatewayClient('query', HOMERTON);
$right = answered('records-found', $client, env('CPIS_NHS_NUMBER'));
$right = answered('no-records-found', $client, env('CPIS_NUMBER_WITHOUT_RECORD')) && $right;
$authority = new GatewayClient('submission', 'la/twh');
$acknowledged = $authority->planUpdate(update());
echo "  acknowledged: {$acknowledged->fileCode}\n    its signature is good, {$authority->verified}\n";
$right = str_starts_with($acknowledged->fileCode, 'CPF0') && $right;
$right = refused('tampered', new GatewayClient('query', HOMERTON, tampered: '9990000026')) && $right;
$right = refused('unsigned', new GatewayClient('query', HOMERTON, signed: false)) && $right;
echo "  ran: query, no record, update, tampered, unsigned\n";
exit($right ? 0 : 1);
