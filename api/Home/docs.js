// Shows one of the two OpenAPI documents; the assets are NSwag's copy of Swagger UI, served by this host.
const hsds = new URLSearchParams(location.search).get("api") === "hsds";
SwaggerUIBundle({
  url: hsds ? "/hsds/openapi.json" : "/openapi/v1.json",
  dom_id: "#api",
  deepLinking: true,
  validatorUrl: null,
  displayRequestDuration: true,
  defaultModelsExpandDepth: 0,
});
