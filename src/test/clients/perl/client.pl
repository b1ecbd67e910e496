#!/usr/bin/perl
# Queries the gateway with Perl's SOAP::Lite, which writes, sends and reads the envelope, and
# XML::LibXML with Crypt::OpenSSL, which sign and verify: signed, without a record, an update,
# tampered with, and unsigned.
use strict;
use warnings;
use utf8;
use open qw(:std :utf8);

use Crypt::OpenSSL::RSA;
use Crypt::OpenSSL::X509;
use Digest::SHA qw(sha256);
use Encode qw(encode_utf8);
use MIME::Base64 qw(decode_base64 encode_base64);
use POSIX qw(strftime);
use SOAP::Lite;
use XML::LibXML;

my $SOAP = 'http://schemas.xmlsoap.org/soap/envelope/';
my $WSA = 'http://www.w3.org/2005/08/addressing';
my $DS = 'http://www.w3.org/2000/09/xmldsig#';
my $C14N = 'http://www.w3.org/2001/10/xml-exc-c14n#';
my $OASIS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-';
my ($WSSE, $WSU) = ("${OASIS}wssecurity-secext-1.0.xsd", "${OASIS}wssecurity-utility-1.0.xsd");
my $X509 = "${OASIS}x509-token-profile-1.0#X509v3";
my $NUMBER = $ENV{CPIS_NHS_NUMBER};

sub pem { return "$ENV{CPIS_CERTS}/$_[0].pem" }

sub text_of {
    open my $in, '<:raw', pem($_[0]) or die "cannot read $_[0]: $!";
    local $/;
    return <$in>;
}

sub paths {
    my $xpath = XML::LibXML::XPathContext->new($_[0]);
    my %names = (s => $SOAP, wsse => $WSSE, wsu => $WSU, wsa => $WSA, ds => $DS);
    $xpath->registerNs($_, $names{$_}) for keys %names;
    return $xpath;
}

sub only {
    my ($xpath, $path) = @_;
    my @found = $xpath->findnodes($path);
    die "$path: " . @found . " times\n" if @found != 1;
    return $found[0];
}

sub canonical { return encode_utf8($_[0]->toStringEC14N(0)) }

sub digest { return encode_base64(sha256(canonical($_[0])), '') }

package Signing {
    our @ISA = ('SOAP::Serializer');

    sub as {
        my ($class, %to) = @_;
        my $self = $class->new;
        $self->{_sending} = \%to;
        return $self;
    }

    sub envelope {
        my $self = shift;
        my $xml = $self->SUPER::envelope(@_);
        my $to = $self->{_sending};
        $xml = sign($xml, $to->{key}) unless $to->{unsigned};
        $xml =~ s/>$NUMBER</>$to->{tampered}</ if $to->{tampered};
        return $xml;
    }

    sub sign {
        my ($xml, $key) = @_;
        my $document = XML::LibXML->load_xml(string => $xml);
        my $xpath = main::paths($document);
        my $security = main::only($xpath, '/s:Envelope/s:Header/wsse:Security');
        my ($now, @parts) = time;
        my $time = sub { POSIX::strftime('%Y-%m-%dT%H:%M:%SZ', gmtime($now + $_[0])) };
        my $der = Crypt::OpenSSL::X509->new_from_file(main::pem("$key-signing"))
            ->as_string(Crypt::OpenSSL::X509::FORMAT_ASN1());
        my $token = MIME::Base64::encode_base64($der);
        my $filled = sub { $security->appendWellBalancedChunk($_[0]) };
        $filled->("<wsu:Timestamp xmlns:wsu='$WSU' wsu:Id='TS'><wsu:Created>@{[$time->(0)]}</wsu:Created>"
            . "<wsu:Expires>@{[$time->(300)]}</wsu:Expires></wsu:Timestamp>"
            . "<wsse:BinarySecurityToken xmlns:wsse='$WSSE' xmlns:wsu='$WSU' wsu:Id='X509' ValueType='$X509'"
            . " EncodingType='${OASIS}soap-message-security-1.0#Base64Binary'>$token</wsse:BinarySecurityToken>");
        for my $part ('s:Body', map { "s:Header/wsa:$_" } qw(Action MessageID To)) {
            my $element = main::only($xpath, "/s:Envelope/$part");
            $element->setAttributeNS($WSU, 'wsu:Id', 'id-' . $element->localname);
            push @parts, $element;
        }
        push @parts, main::only($xpath, '//wsu:Timestamp');
        my $references = join '', map {
            my $id = $_->getAttributeNS($WSU, 'Id');
            "<ds:Reference URI='#$id'><ds:Transforms><ds:Transform Algorithm='$C14N'/></ds:Transforms>"
                . "<ds:DigestMethod Algorithm='http://www.w3.org/2001/04/xmlenc#sha256'/>"
                . "<ds:DigestValue>@{[main::digest($_)]}</ds:DigestValue></ds:Reference>"
        } @parts;
        $filled->("<ds:Signature xmlns:ds='$DS'><ds:SignedInfo><ds:CanonicalizationMethod Algorithm='$C14N'/>"
            . "<ds:SignatureMethod Algorithm='http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'/>$references"
            . "</ds:SignedInfo><ds:SignatureValue/><ds:KeyInfo><wsse:SecurityTokenReference xmlns:wsse='$WSSE'>"
            . "<wsse:Reference URI='#X509' ValueType='$X509'/></wsse:SecurityTokenReference></ds:KeyInfo></ds:Signature>");
        my $private = Crypt::OpenSSL::RSA->new_private_key(main::text_of("$key-signing.key"));
        $private->use_sha256_hash;
        my $value = $private->sign(main::canonical(main::only($xpath, '//ds:SignedInfo')));
        main::only($xpath, '//ds:SignatureValue')->appendText(MIME::Base64::encode_base64($value));
        return Encode::decode_utf8($document->toString);
    }
}

package Verifying {
    our @ISA = ('SOAP::Deserializer');
    our ($verified, $answers);

    sub deserialize {
        my ($self, $xml) = @_;
        ($verified, $answers) = main::verified($xml);
        return $self->SUPER::deserialize($xml);
    }
}

package main;

# By whom the reply is signed and over what, and to which message it is the answer.
sub verified {
    my $document = XML::LibXML->load_xml(string => utf8::is_utf8($_[0]) ? encode_utf8($_[0]) : $_[0]);
    my $xpath = paths($document);
    my $security = '/s:Envelope/s:Header/wsse:Security';
    my $token = only($xpath, "$security/wsse:BinarySecurityToken")->textContent;
    $token =~ s/\s//g;
    my $certificate = "-----BEGIN CERTIFICATE-----\n" . join("\n", unpack '(a64)*', $token)
        . "\n-----END CERTIFICATE-----\n";
    open my $check, '|-', "openssl verify -CAfile $ENV{CPIS_CERTS}/ca/root.pem"
        . " -untrusted $ENV{CPIS_CERTS}/ca/issuing.pem > /dev/null" or die $!;
    print $check $certificate;
    close $check or die "the signer is not certified\n";

    my $signer = Crypt::OpenSSL::X509->new_from_string($certificate);
    my $public = Crypt::OpenSSL::RSA->new_public_key($signer->pubkey);
    $public->use_sha256_hash;
    my $info = only($xpath, "$security/ds:Signature/ds:SignedInfo");
    my $value = decode_base64(only($xpath, "$security/ds:Signature/ds:SignatureValue")->textContent);
    $public->verify(canonical($info), $value) or die "the signature is wrong\n";
    my %covered;
    for my $reference ($xpath->findnodes('ds:Reference', $info)) {
        $covered{substr $reference->getAttribute('URI'), 1} = $xpath->findvalue('ds:DigestValue', $reference);
    }
    my @answers = map { $_->textContent } $xpath->findnodes('/s:Envelope/s:Header/wsa:RelatesTo');
    my @names = (qw(Action MessageID To), @answers ? 'RelatesTo' : ());
    for my $path ('s:Body', 's:Header/wsse:Security/wsu:Timestamp', map { "s:Header/wsa:$_" } @names) {
        my $part = only($xpath, "/s:Envelope/$path");
        my $id = $part->getAttributeNS($WSU, 'Id') // '';
        (my $digest = $covered{$id} // '') =~ s/\s//g;
        die $part->localname . " is not signed\n" if $digest ne digest($part);
    }
    my ($by) = $signer->subject =~ /CN=([^,]*)/;
    return ("by $by, over Body, Timestamp, " . join(', ', @names), $answers[0]);
}

# Nested names and values as SOAP::Data; a name's prefix says where it is from.
sub data {
    my @made;
    while (my ($name, $value) = splice @_, 0, 2) {
        push @made, SOAP::Data->name($name)->value(ref $value ? \SOAP::Data->value(data(@$value)) : $value);
    }
    return @made;
}

# One exchange: the reply, whose signature has been verified by then.
sub call {
    my ($service, $operation, $content, %how) = @_;
    my $address = "$ENV{CPIS_GATEWAY}/$service";
    my $action = "urn:nhs:names:services:cpis$service/$operation";
    open my $random, '<', '/proc/sys/kernel/random/uuid' or die $!;
    chomp(my $id = 'urn:uuid:' . <$random>);
    my %headers = (Action => $action, MessageID => $id, To => $address);
    my $soap = SOAP::Lite->proxy($address)->serializer(Signing->as(%how))->deserializer(Verifying->new)
        ->on_action(sub { qq("$action") })->on_fault(sub { ref $_[1] ? $_[1] : die $_[1] });
    $soap->serializer->autotype(0);
    $soap->transport->proxy->ssl_opts(
        SSL_ca_file => pem('ca/root'),
        SSL_cert_file => pem("$how{key}-tls"),
        SSL_key_file => pem("$how{key}-tls.key"),
    );
    my $of = substr $service, 0, 1;
    my $method = SOAP::Data->name("$of:${operation}Request")
        ->attr({"xmlns:$of" => "urn:nhs-cpis:gateway:$service:v1", 'xmlns:t' => 'urn:nhs-cpis:gateway:types:v1'});
    my $reply = $soap->call(
        $method, data(@$content),
        (map { SOAP::Header->name("wsa:$_")->attr({'xmlns:wsa' => $WSA})->value($headers{$_}) } sort keys %headers),
        $how{unsigned} ? () : SOAP::Header->name('wsse:Security')->attr({'xmlns:wsse' => $WSSE})
            ->mustUnderstand(1)->value(''),
    );
    ref $reply or die 'no reply: ' . $soap->transport->status . "\n";
    die "the answer is to another message\n" if defined $Verifying::answers && $Verifying::answers ne $id;
    return $reply;
}

sub query {
    my ($number, %how) = @_;
    return call('query', 'planQuery', [
        'q:systems' => ['t:senderAsid' => $ENV{CPIS_SENDER_ASID}, 't:receiverAsid' => $ENV{CPIS_GATEWAY_ASID}],
        'q:author' => ['q:person' => [
            'q:userId' => 'perl.1',
            'q:name' => ['t:title' => 'Dr', 't:givenName' => 'Siân', 't:familyName' => 'Testwell-Ŵyn'],
            'q:jobRole' => ['t:code' => 'R0260', 't:name' => 'Consultant'],
            'q:organisation' => ['t:code' => $ENV{CPIS_ORGANISATION}, 't:name' => 'A sample organisation'],
        ]],
        'q:activityCode' => 'B0107',
        'q:careSetting' => 'emergency-department',
        'q:nhsNumber' => $number,
    ], key => 'clinical/homerton-ed', %how);
}

sub update {
    return call('submission', 'planUpdate', [
        's:systems' => ['t:senderAsid' => $ENV{CPIS_AUTHORITY_ASID}, 't:receiverAsid' => $ENV{CPIS_GATEWAY_ASID}],
        's:localAuthority' => ['t:code' => 'TWH', 't:name' => 'Tower Hamlets', 't:contacts' => [
            't:emergencyDutyTelephone' => '020 7946 0058', 't:officeHoursTelephone' => '020 7946 0059']],
        's:sequenceNumber' => time,
        's:product' => ['s:name' => 'A sample product', 's:version' => '1'],
        's:recordCount' => 1,
        's:record' => [
            's:localIdentifier' => 'TWH-CLIENTS-1', 's:nhsNumber' => '9990000018', 's:familyName' => 'Ó Briain',
            's:givenName' => 'Łucja', 's:dateOfBirth' => '2017-08-13', 's:planType' => 'LAC',
            's:startDate' => strftime('%Y-%m-%d', gmtime)],
    ], key => 'la/twh');
}

sub answered {
    my ($want, $number) = @_;
    my $reply = query($number);
    if ($reply->fault) {
        print "  refused: ", $reply->faultstring, "\n";
        return 0;
    }
    my $outcome = $reply->valueof('//planQueryResponse/outcome');
    print "  answer: $outcome\n    its signature is good, $Verifying::verified\n";
    return $outcome eq $want;
}

sub refused {
    my ($what, %how) = @_;
    my $reply = query($NUMBER, %how);
    if (!$reply->fault) {
        print "  $what query: ANSWERED\n";
        return 0;
    }
    my @codes = $reply->valueof('//errorList/error/code');
    print "  $what query: refused, $codes[-1]: ", $reply->faultstring,
        "\n    the fault's signature is good, $Verifying::verified\n";
    return $codes[-1] eq 'CPG-706';
}

if (($ARGV[0] // '') eq 'send') {
    exit(answered('records-found', $NUMBER) ? 0 : 1);
}
my $right = answered('records-found', $NUMBER);
$right &= answered('no-records-found', $ENV{CPIS_NUMBER_WITHOUT_RECORD});
my $file = update()->valueof('//fileCode') // '';
print "  acknowledged: $file\n    its signature is good, $Verifying::verified\n";
$right &= $file =~ /^CPF0/;
$right &= refused('tampered', tampered => '9990000026');
$right &= refused('unsigned', unsigned => 1);
print "  ran: query, no record, update, tampered, unsigned\n";
exit($right ? 0 : 1);
