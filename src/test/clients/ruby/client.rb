# Queries the gateway with Ruby as suppliers do it without a SOAP toolkit: Nokogiri writes, reads and
# canonicalises the envelope, OpenSSL signs and verifies, Net::HTTP sends. Signed, without a record,
# an update, tampered with, and unsigned.
require 'base64'
require 'net/http'
require 'nokogiri'
require 'openssl'
require 'securerandom'
require 'time'

CERTS = ENV.fetch('CPIS_CERTS')
GATEWAY = ENV.fetch('CPIS_GATEWAY')
NUMBER = ENV.fetch('CPIS_NHS_NUMBER')
OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-'
C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#'
X509 = "#{OASIS}x509-token-profile-1.0#X509v3"
NS = {
  'soapenv' => 'http://schemas.xmlsoap.org/soap/envelope/',
  'wsa' => 'http://www.w3.org/2005/08/addressing',
  'wsse' => "#{OASIS}wssecurity-secext-1.0.xsd",
  'wsu' => "#{OASIS}wssecurity-utility-1.0.xsd",
  'ds' => 'http://www.w3.org/2000/09/xmldsig#',
  't' => 'urn:nhs-cpis:gateway:types:v1'
}.freeze
SIGNED = %w[soapenv:Header/wsa:Action soapenv:Header/wsa:MessageID soapenv:Header/wsa:To
            soapenv:Header/wsse:Security/wsu:Timestamp soapenv:Body].freeze

def pem(name) = File.read("#{CERTS}/#{name}.pem")

def canonical(node) = node.canonicalize(Nokogiri::XML::XML_C14N_EXCLUSIVE_1_0)

def digest(node) = Base64.strict_encode64(OpenSSL::Digest.digest('SHA256', canonical(node)))

def only(document, path)
  found = document.xpath(path, NS)
  raise "#{path}: #{found.size} times" unless found.size == 1

  found.first
end

# Nested names and values; a value that is a hash is an element with elements.
def fill(xml, content)
  content.each do |name, value|
    prefix, local = name.split(':')
    if value.is_a?(Hash)
      xml[prefix].send(local) { fill(xml, value) }
    else
      xml[prefix].send(local, value)
    end
  end
end

def envelope(service, operation, content, id)
  prefix = service[0]
  time = ->(later) { (Time.now.utc + later).iso8601 }
  Nokogiri::XML::Builder.new(encoding: 'UTF-8') do |xml|
    xml.Envelope(NS.slice('soapenv', 'wsa', 'wsse', 'wsu', 't').to_h { |p, uri| ["xmlns:#{p}", uri] }
                   .merge("xmlns:#{prefix}" => "urn:nhs-cpis:gateway:#{service}:v1")) do
      xml.parent.namespace = xml.parent.namespace_definitions.find { |ns| ns.prefix == 'soapenv' }
      xml['soapenv'].Header do
        xml['wsse'].Security('soapenv:mustUnderstand' => '1') do
          xml['wsu'].Timestamp('wsu:Id' => 'Timestamp') do
            xml['wsu'].Created time.(0)
            xml['wsu'].Expires time.(300)
          end
        end
        xml['wsa'].Action "urn:nhs:names:services:cpis#{service}/#{operation}", 'wsu:Id' => 'Action'
        xml['wsa'].MessageID id, 'wsu:Id' => 'MessageID'
        xml['wsa'].To "#{GATEWAY}/#{service}", 'wsu:Id' => 'To'
      end
      xml['soapenv'].Body('wsu:Id' => 'Body') do
        xml[prefix].send("#{operation}Request") { fill(xml, content) }
      end
    end
  end.doc
end

def key_reference(certificate, by)
  return "<wsse:Reference URI='#X509' ValueType='#{X509}'/>" unless by

  # As OpenSSL prints a name: in the order of the certificate, where RFC 4514 begins with the last.
  name = certificate.issuer.to_a.map { |part, value, _| "#{part}=#{value}" }.join(', ')
  '<ds:X509Data><ds:X509IssuerSerial>' \
    "<ds:X509IssuerName>#{name}</ds:X509IssuerName>" \
    "<ds:X509SerialNumber>#{certificate.serial}</ds:X509SerialNumber>" \
    '</ds:X509IssuerSerial></ds:X509Data>'
end

def sign(document, key, by_issuer)
  certificate = OpenSSL::X509::Certificate.new(pem("#{key}-signing"))
  references = SIGNED.map do |path|
    part = only(document, "/soapenv:Envelope/#{path}")
    "<ds:Reference URI='##{part['wsu:Id']}'><ds:Transforms><ds:Transform Algorithm='#{C14N}'/></ds:Transforms>" \
      "<ds:DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#sha256'/>" \
      "<ds:DigestValue>#{digest(part)}</ds:DigestValue></ds:Reference>"
  end
  security = only(document, '//wsse:Security')
  unless by_issuer
    security << "<wsse:BinarySecurityToken wsu:Id='X509' ValueType='#{X509}' " \
                "EncodingType='#{OASIS}soap-message-security-1.0#Base64Binary'>" \
                "#{Base64.encode64(certificate.to_der)}</wsse:BinarySecurityToken>"
  end
  security << "<ds:Signature xmlns:ds='#{NS['ds']}'><ds:SignedInfo>" \
              "<ds:CanonicalizationMethod Algorithm='#{C14N}'/>" \
              "<ds:SignatureMethod Algorithm='http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'/>" \
              "#{references.join}</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><wsse:SecurityTokenReference>" \
              "#{key_reference(certificate, by_issuer)}</wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>"
  value = OpenSSL::PKey.read(pem("#{key}-signing.key"))
                       .sign(OpenSSL::Digest.new('SHA256'), canonical(only(document, '//ds:SignedInfo')))
  only(document, '//ds:SignatureValue').content = Base64.encode64(value)
end

def post(service, operation, xml, key)
  address = URI("#{GATEWAY}/#{service}")
  chain = OpenSSL::X509::Certificate.load(pem("#{key}-tls"))
  http = Net::HTTP.new(address.host, address.port)
  http.use_ssl = true
  http.ca_file = "#{CERTS}/ca/root.pem"
  http.cert = chain.first
  http.extra_chain_cert = chain.drop(1)
  http.key = OpenSSL::PKey.read(pem("#{key}-tls.key"))
  http.post(address.path, xml, 'Content-Type' => 'text/xml; charset=utf-8',
                               'SOAPAction' => "urn:nhs:names:services:cpis#{service}/#{operation}").body
end

# By whom the reply is signed and over what; it must be the answer to this message.
def verified(reply, id)
  document = Nokogiri::XML(reply, &:strict)
  security = '/soapenv:Envelope/soapenv:Header/wsse:Security'
  signer = OpenSSL::X509::Certificate.new(
    Base64.decode64(only(document, "#{security}/wsse:BinarySecurityToken").text)
  )
  trusted = OpenSSL::X509::Store.new.tap { |store| store.add_file("#{CERTS}/ca/root.pem") }
  issuing = OpenSSL::X509::Certificate.new(pem('ca/issuing'))
  raise 'the signer is not certified' unless trusted.verify(signer, [issuing])

  info = only(document, "#{security}/ds:Signature/ds:SignedInfo")
  value = Base64.decode64(only(document, "#{security}/ds:Signature/ds:SignatureValue").text)
  raise 'the signature is wrong' unless signer.public_key.verify(OpenSSL::Digest.new('SHA256'), value, canonical(info))

  covered = info.xpath('ds:Reference', NS).to_h do |reference|
    [reference['URI'].delete_prefix('#'), reference.at_xpath('ds:DigestValue', NS).text.strip]
  end
  answers = document.xpath('/soapenv:Envelope/soapenv:Header/wsa:RelatesTo', NS)
  raise 'the answer is to another message' unless answers.all? { |answer| answer.text == id }

  paths = SIGNED + (answers.empty? ? [] : ['soapenv:Header/wsa:RelatesTo'])
  parts = paths.map { |path| only(document, "/soapenv:Envelope/#{path}") }
  parts.each { |part| raise "#{part.name} is not signed" unless covered[part['wsu:Id'] || part['Id']] == digest(part) }
  puts "    its signature is good, by #{signer.subject.to_a.assoc('CN')[1]}, over #{parts.map(&:name).join(', ')}"
  document
end

def call(service, operation, content, key:, signed: true, tampered: nil, by_issuer: false)
  id = "urn:uuid:#{SecureRandom.uuid}"
  document = envelope(service, operation, content, id)
  sign(document, key, by_issuer) if signed
  only(document, '//wsse:Security').remove unless signed
  xml = document.to_xml(save_with: Nokogiri::XML::Node::SaveOptions::AS_XML)
  xml = xml.sub(">#{NUMBER}<", ">#{tampered}<") if tampered
  verified(post(service, operation, xml, key), id)
end

def query(number, **how)
  call('query', 'planQuery', {
         'q:systems' => { 't:senderAsid' => ENV.fetch('CPIS_SENDER_ASID'),
                          't:receiverAsid' => ENV.fetch('CPIS_GATEWAY_ASID') },
         'q:author' => { 'q:person' => {
           'q:userId' => 'ruby.1',
           'q:name' => { 't:title' => 'Dr', 't:givenName' => 'Siân', 't:familyName' => 'Testwell-Ó Briain' },
           'q:jobRole' => { 't:code' => 'R0260', 't:name' => 'Consultant' },
           'q:organisation' => { 't:code' => ENV.fetch('CPIS_ORGANISATION'), 't:name' => 'A sample organisation' }
         } },
         'q:activityCode' => 'B0107',
         'q:careSetting' => 'emergency-department',
         'q:nhsNumber' => number
       }, key: 'clinical/homerton-ed', **how)
end

def update
  call('submission', 'planUpdate', {
         's:systems' => { 't:senderAsid' => ENV.fetch('CPIS_AUTHORITY_ASID'),
                          't:receiverAsid' => ENV.fetch('CPIS_GATEWAY_ASID') },
         's:localAuthority' => { 't:code' => 'TWH', 't:name' => 'Tower Hamlets', 't:contacts' => {
           't:emergencyDutyTelephone' => '020 7946 0058', 't:officeHoursTelephone' => '020 7946 0059'
         } },
         's:sequenceNumber' => Time.now.to_i,
         's:product' => { 's:name' => 'A sample product', 's:version' => '1' },
         's:recordCount' => 1,
         's:record' => { 's:localIdentifier' => 'TWH-CLIENTS-1', 's:nhsNumber' => '9990000018',
                         's:familyName' => 'Ó Briain', 's:givenName' => 'Łucja', 's:dateOfBirth' => '2017-08-13',
                         's:planType' => 'LAC', 's:startDate' => Date.today.iso8601 }
       }, key: 'la/twh')
end

def said(reply, name) = reply.xpath("//*[local-name()='#{name}']").last&.text

def answered(want, number, **how)
  reply = query(number, **how)
  puts "  answer: #{said(reply, 'outcome') || said(reply, 'faultstring')}"
  said(reply, 'outcome') == want
end

def refused(what, **how)
  reply = query(NUMBER, **how)
  puts "  #{what} query: refused, #{said(reply, 'code')}: #{said(reply, 'faultstring')}"
  said(reply, 'code') == 'CPG-706'
end

if ARGV[0] == 'send'
  exit answered('records-found', NUMBER, by_issuer: ARGV[1] == 'issuer-in-order-of-certificate')
end

right = [answered('records-found', NUMBER),
         answered('no-records-found', ENV.fetch('CPIS_NUMBER_WITHOUT_RECORD'))]
file = said(update, 'fileCode')
puts "  acknowledged: #{file}"
right << file.to_s.start_with?('CPF0')
right << refused('tampered', tampered: '9990000026')
right << refused('unsigned', signed: false)
puts '  ran: query, no record, update, tampered, unsigned'
exit right.all?
