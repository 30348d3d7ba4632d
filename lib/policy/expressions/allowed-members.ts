/**
 * What expressions may use, by the list in Azure's documentation
 * (learn.microsoft.com/azure/api-management/api-management-policy-expressions, "CLRTypes" and "ContextVariables").
 */

/** Types of which every member is allowed. */
export const wholeTypes: ReadonlySet<string> = new Set(
  (
    'Formatting Extensions JArray JConstructor JContainer JObject JProperty JRaw JToken JTokenType JValue ' +
    'Array BitConverter Boolean Byte Char Dictionary HashSet ICollection IDictionary IEnumerable IEnumerator IList IReadOnlyCollection ' +
    'IReadOnlyDictionary ISet KeyValuePair List Queue Stack Convert DateTimeOffset Decimal Double Enumerable Exception Guid Int16 Int32 ' +
    'Int64 StringReader StringWriter Math MidpointRounding IPAddress WebUtility Nullable Random SByte AsymmetricAlgorithm CipherMode ' +
    'HashAlgorithm HashAlgorithmName HMAC HMACMD5 HMACSHA1 HMACSHA256 HMACSHA384 HMACSHA512 KeyedHashAlgorithm MD5 Oid PaddingMode ' +
    'RNGCryptoServiceProvider RSA RSAEncryptionPadding RSASignaturePadding SHA1 SHA1Managed SHA256 SHA256Managed SHA384 SHA384Managed ' +
    'SHA512 SHA512Managed SymmetricAlgorithm PublicKey RSACertificateExtensions X509Certificate X509Certificate2 X509ContentType ' +
    'X509NameType Single String StringComparer StringComparison StringSplitOptions Encoding RegexOptions StringBuilder TimeSpan TimeZone ' +
    'AdjustmentRule TransitionTime TimeZoneInfo Tuple UInt16 UInt32 UInt64 Uri UriPartial XAttribute XCData XComment XContainer ' +
    'XDeclaration XDocumentType XElement XName XNamespace XNode XNodeDocumentOrderComparer XNodeEqualityComparer XObject ' +
    'XProcessingInstruction XText XmlNodeType'
  ).split(' '),
);

function members(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** Types of which only these members are allowed; a constructor is listed as `new`. */
export const restrictedTypes: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['JsonConvert', members('SerializeObject DeserializeObject')],
  [
    'DateTime',
    members(
      'new Add AddDays AddHours AddMilliseconds AddMinutes AddMonths AddSeconds AddTicks AddYears Date Day DayOfWeek DayOfYear DaysInMonth ' +
        'Hour IsDaylightSavingTime IsLeapYear MaxValue Millisecond Minute MinValue Month Now Parse Second Subtract Ticks TimeOfDay Today ' +
        'ToString UtcNow Year',
    ),
  ],
  ['DateTimeKind', members('Utc')],
  ['Capture', members('Index Length Value')],
  ['CaptureCollection', members('Count Item')],
  ['Group', members('Captures Success')],
  ['GroupCollection', members('Count Item')],
  ['Match', members('Empty Groups Result')],
  ['Regex', members('new IsMatch Match Matches Replace Unescape Split')],
  ['X500DistinguishedName', members('Name')],
]);

/** `Object` is every type's base; the rest are types of the context. */
export const contextTypes: ReadonlySet<string> = members(
  'Object IApi IGroup IMessageBody IUrl IUserIdentity ISubscriptionKeyParameterNames IPrivateEndpointConnection Jwt BasicAuthCredentials',
);

/** Members of `context` and of what it holds. */
export const contextMembers: ReadonlySet<string> = members(
  'Api Deployment Elapsed LastError Operation Product Request RequestId Response Subscription Timestamp Tracing User Variables Trace ' +
    'Id IsCurrentRevision Name Path Revision ServiceUrl Version GatewayId GatewayRegion Region ServiceName Certificates Source Reason Message Scope ' +
    'Section PolicyId Method UrlTemplate Apis ApprovalRequired Groups State SubscriptionLimit SubscriptionRequired Body Certificate Headers ' +
    'IpAddress MatchedParameters OriginalUrl Url PrivateEndpointConnection StatusCode StatusReason CreatedDate EndDate Key PrimaryKey ' +
    'SecondaryKey StartDate Email FirstName Identities LastName Note RegistrationDate Protocols SubscriptionKeyParameterNames GroupId ' +
    'MemberName Host Port Query QueryString Scheme Provider Header GetValueOrDefault ContainsKey TryGetValue Keys Values Count As AsBasic ' +
    'TryParseBasic Password UserId AsJwt TryParseJwt Algorithm Audiences Claims ExpirationTime IssuedAt Issuer NotBefore Subject Type AsFormUrlEncodedContent',
);

/**
 * Instance members of the types above that policies use. Without a compiler the type of a target is not known,
 * so a name is accepted if an allowed type has it (learn.microsoft.com/dotnet/api, newtonsoft.com/json/help).
 */
export const instanceMembers: ReadonlySet<string> = members(
  // Object, String, Char
  'ToString Equals GetHashCode CompareTo Length Chars Contains EndsWith IndexOf IndexOfAny Insert LastIndexOf LastIndexOfAny PadLeft ' +
    'PadRight Remove Replace Split StartsWith Substring ToCharArray ToLower ToLowerInvariant ToUpper ToUpperInvariant Trim TrimEnd TrimStart ' +
    'Normalize Clone CopyTo GetEnumerator ' +
    // Array, collections, Enumerable
    'GetLength GetValue SetValue Rank Add AddRange Clear Insert InsertRange RemoveAt RemoveAll RemoveRange Reverse Sort ToArray ToList Find ' +
    'FindAll FindIndex FindLast Exists ForEach TrueForAll BinarySearch Capacity Dequeue Enqueue Peek Pop Push UnionWith IntersectWith ' +
    'ExceptWith SetEquals IsSubsetOf IsSupersetOf Overlaps Item Aggregate All Any Average Cast Concat DefaultIfEmpty Distinct ElementAt ' +
    'ElementAtOrDefault Except First FirstOrDefault GroupBy GroupJoin Intersect Join Last LastOrDefault LongCount Max Min OfType OrderBy ' +
    'OrderByDescending Select SelectMany SequenceEqual Single SingleOrDefault Skip SkipWhile Sum Take TakeWhile ThenBy ThenByDescending ' +
    'ToDictionary ToLookup Union Where Zip HasValue GetValueOrDefault Item1 Item2 Item3 ContainsValue Comparer ' +
    // JSON
    'Properties Property PropertyValues SelectToken SelectTokens Children Descendants DescendantsAndSelf Ancestors HasValues Parent Root ' +
    'Next Previous Value DeepClone ToObject Merge AddFirst AddAfterSelf AddBeforeSelf ReplaceAll RemoveAll WriteTo ' +
    // DateTimeOffset, TimeSpan, TimeZoneInfo
    'DateTime LocalDateTime UtcDateTime Offset ToUnixTimeSeconds ToUnixTimeMilliseconds ToUniversalTime ToLocalTime ToOffset UtcTicks ' +
    'EqualsExact Days Hours Minutes Seconds Milliseconds TotalDays TotalHours TotalMinutes TotalSeconds TotalMilliseconds Negate Duration ' +
    'BaseUtcOffset DisplayName StandardName ' +
    // Guid, Random, Uri, StringBuilder, Encoding, Exception, Regex collections
    'ToByteArray NextBytes NextDouble AbsolutePath AbsoluteUri Authority DnsSafeHost Fragment IsAbsoluteUri IsDefaultPort IsLoopback ' +
    'LocalPath OriginalString PathAndQuery Segments UserInfo GetLeftPart GetComponents Append AppendLine AppendFormat AppendJoin ' +
    'GetBytes GetString GetByteCount GetCharCount EncodingName HelpLink InnerException StackTrace Data ComputeHash Hash HashSize ' +
    'Captures Success Index Groups Result IsMatch Match Matches Unescape Date Day DayOfWeek DayOfYear Hour Millisecond Minute Month Second ' +
    'Ticks TimeOfDay Year AddDays AddHours AddMilliseconds AddMinutes AddMonths AddSeconds AddTicks AddYears Subtract IsDaylightSavingTime ' +
    // XML, certificates
    'Attribute Attributes Element Elements Nodes Document SetAttributeValue SetElementValue LocalName NamespaceName Thumbprint SubjectName ' +
    'NotAfter SerialNumber Verify VerifyNoRevocation GetNameInfo',
);
